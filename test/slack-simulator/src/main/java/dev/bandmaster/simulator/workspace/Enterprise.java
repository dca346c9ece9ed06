package dev.bandmaster.simulator.workspace;

/**
 * The organization (Enterprise Grid) of the workspace.
 *
 * @param id the organization's id, {@code E…}
 * @param name the name people see
 * @param orgWide whether the app is installed for the whole organization and not for the workspace
 */
public record Enterprise(String id, String name, boolean orgWide) {
  public Enterprise {
    Checks.text("enterprise id", id);
    Checks.text("enterprise name", name);
    if (!id.startsWith("E")) {
      throw new IllegalArgumentException("The enterprise id '" + id + "' must begin with E.");
    }
  }
}
