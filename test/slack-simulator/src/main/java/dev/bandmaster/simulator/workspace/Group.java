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
}
