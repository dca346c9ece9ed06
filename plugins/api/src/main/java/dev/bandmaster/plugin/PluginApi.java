package dev.bandmaster.plugin;

/**
 * The version of this API, and what a jar says of itself. Three attributes of the jar's manifest
 * are read before any code of it runs:
 *
 * <pre>
 * Bandmaster-Plugin: disk-report
 * Bandmaster-Plugin-Version: 1.0.0
 * Bandmaster-Api: 1.0
 * </pre>
 *
 * The classes are found by {@link java.util.ServiceLoader}: the jar names its one {@link Plugin} in
 * {@code META-INF/services/dev.bandmaster.plugin.Plugin}.
 */
public final class PluginApi {

  /**
   * The version, {@code major.minor}. A plugin is accepted if it was built for the same major
   * version and for this minor version or an earlier one.
   */
  public static final String VERSION = "1.1";

  /** Manifest attribute: the plugin's name, lower case letters, digits and dashes, at most 32. */
  public static final String NAME_ATTRIBUTE = "Bandmaster-Plugin";

  /** Manifest attribute: the plugin's own version, a name of at most 100 characters. */
  public static final String VERSION_ATTRIBUTE = "Bandmaster-Plugin-Version";

  /** Manifest attribute: the version of the API that it was built for, as {@link #VERSION}. */
  public static final String API_ATTRIBUTE = "Bandmaster-Api";

  private PluginApi() {}
}
