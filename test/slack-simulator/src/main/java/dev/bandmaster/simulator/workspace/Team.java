package dev.bandmaster.simulator.workspace;

/**
 * The workspace's own team, or a foreign one.
 *
 * @param id the team id, for example {@code T0BAND}
 * @param name the name people see
 * @param domain the part of the address before {@code .slack.com}
 */
public record Team(String id, String name, String domain) {
  public Team {
    Checks.text("team id", id);
    Checks.text("team name", name);
    Checks.text("team domain", domain);
  }
}
