package dev.bandmaster.config;

import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.yaml.Field;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node runs an app. Commands are argument arrays: no shell reads them. In each argument
 * {@code {app}}, {@code {env}}, {@code {version}} and {@code {release}} (the release's folder) are
 * filled in.
 *
 * @param directory holds {@code releases/}, {@code current} and {@code shared/}
 * @param shared files and folders that every release shares, as paths inside a release
 * @param hooks commands run during a deploy
 * @param control commands for start, stop, restart, reload and status
 * @param environment all that these commands see of an environment, beside a plain PATH
 * @param timeout for each command
 * @param keep releases kept on disk
 * @param artifactAuth what the artifact server is given, if it asks for something
 */
public record AppDefinition(
    Path directory,
    List<String> shared,
    Hooks hooks,
    Control control,
    Optional<HealthCheck> health,
    Map<String, String> environment,
    Duration timeout,
    int keep,
    Optional<HostCredentials> artifactAuth) {
  public AppDefinition {
    shared = List.copyOf(shared);
    environment = Ordered.copy(environment);
  }

  /**
   * Commands run in order during a deploy; the first that fails ends it.
   *
   * @param beforeSwitch in the new release, while the old one still runs
   * @param afterSwitch once {@code current} points at the new release
   */
  public record Hooks(List<List<String>> beforeSwitch, List<List<String>> afterSwitch) {
    public static final Hooks NONE = new Hooks(List.of(), List.of());

    public Hooks {
      beforeSwitch = beforeSwitch.stream().map(List::copyOf).toList();
      afterSwitch = afterSwitch.stream().map(List::copyOf).toList();
    }

    static Hooks read(Section section) {
      return new Hooks(
          section
              .list(
                  "before_switch",
                  command(),
                  "Commands to run in the new release while the old one is still running.")
              .orDefault(List.of()),
          section
              .list(
                  "after_switch",
                  command(),
                  "Commands to run after `current` points to the new release and before the "
                      + "restart.")
              .orDefault(List.of()));
    }
  }

  /** Commands for the app's process; what is not given cannot be asked for. */
  public record Control(
      Optional<List<String>> start,
      Optional<List<String>> stop,
      Optional<List<String>> restart,
      Optional<List<String>> reload,
      Optional<List<String>> status) {
    public static final Control NONE =
        new Control(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static Control read(Section section) {
      return new Control(
          control(section, "start", "Starts the app."),
          control(section, "stop", "Stops the app."),
          control(section, "restart", "Restarts the app; also the last step of a deploy."),
          control(section, "reload", "Makes the app read its configuration again."),
          control(section, "status", "Reports the app's health; exit code 0 means healthy."));
    }

    private static Optional<List<String>> control(Section section, String key, String text) {
      return section.field(key, command(), text).optional();
    }
  }

  static Kind<List<String>> command() {
    return Kinds.listOf(Kinds.text());
  }

  static AppDefinition read(Section section) {
    return new AppDefinition(
        directory(section).required(),
        section
            .list(
                "shared",
                Kinds.text(),
                "Files and folders shared by all releases, as paths inside a release.")
            .orDefault(List.of()),
        section
            .section(
                "hooks",
                Hooks::read,
                "Commands to run during a deploy; the deploy stops at the first failure.")
            .orDefault(Hooks.NONE),
        section
            .section(
                "control",
                Control::read,
                "Commands that control the app's process, as argument arrays.")
            .orDefault(Control.NONE),
        section
            .section(
                "health",
                HealthCheck::read,
                "Health check of a new release; if it fails, the deploy rolls back to the "
                    + "previous release.")
            .optional(),
        section
            .map(
                "environment",
                Kinds.text(),
                "Environment variables of these commands; besides these, they only get a plain PATH.")
            .orDefault(Map.of()),
        section
            .duration(
                "timeout",
                Duration.ofSeconds(1),
                Duration.ofHours(2),
                "Maximum run time of each command.")
            .orDefault(Duration.ofMinutes(5)),
        section
            .integer("keep", 2, 100, "Number of releases kept on disk for rollbacks.")
            .orDefault(5),
        ArtifactAuth.field(section).optional());
  }

  private static Field<Path> directory(Section section) {
    return section.path(
        "directory", "The app's folder, with `releases/`, `shared/` and the link `current`.");
  }
}
