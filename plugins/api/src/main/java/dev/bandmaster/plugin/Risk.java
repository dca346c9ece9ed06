package dev.bandmaster.plugin;

/** Whether a command changes anything on nodes. */
public enum Risk {
  /** Never. A plan of such a command that would change something is refused. */
  READ_ONLY,
  /** It depends on the arguments; each plan says so itself, by its {@link Planned.Effect}. */
  DEPENDS,
  /** Always. */
  CHANGES
}
