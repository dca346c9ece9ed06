package dev.bandmaster.simulator.workspace;

import java.util.List;

/**
 * A user group.
 *
 * @param id the group id, for example {@code S0SRE}
 * @param handle what is typed after {@code @}
 * @param name the name people see
 * @param members ids of its people
 */
public record Group(String id, String handle, String name, List<String> members) {
  public Group {
    Checks.text("group id", id);
    Checks.text("group handle", handle);
    members = List.copyOf(members);
  }

  /** The same group with other people; {@code ids} are user ids. */
  public Group withMembers(List<String> ids) {
    return new Group(id, handle, name, ids);
  }

  /** The same group under another name. */
  public Group withName(String other) {
    return new Group(id, handle, other, members);
  }
}
