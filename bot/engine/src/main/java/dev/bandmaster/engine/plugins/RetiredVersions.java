package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.PluginVersions.Version;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.CommandPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions of plugins that were replaced or removed, and still present the jobs that they planned.
 * Their jars are kept until the last of these jobs has ended. Safe for use by many threads.
 */
public final class RetiredVersions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetiredVersions.class);

  /** A plan that was made before a version was replaced has become a job by then. */
  private static final Duration LEAST = Duration.ofMinutes(10);

  /** Jobs whose planner is remembered; the store knows the others. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Path versions;
  private final Store store;
  private final InstantSource clock;
  private final Map<String, Retired> bySha256 = new HashMap<>();
  private Function<PluginJar, Optional<LoadedPlugin>> loader = jar -> Optional.empty();

  private final Map<String, Optional<Version>> planners =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Version>> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param plugin empty if it could not be loaded again
   */
  private record Retired(Optional<LoadedPlugin> plugin, Instant since) {}

  /** Without any version yet. */
  public RetiredVersions(Path versions, Store store, InstantSource clock) {
    this.versions = versions;
    this.store = store;
    this.clock = clock;
  }

  /** Has versions from before a restart loaded by this. To be set once. */
  synchronized void loadedBy(Function<PluginJar, Optional<LoadedPlugin>> newLoader) {
    loader = newLoader;
  }

  /** Keeps a version that is not in use any more until its jobs have ended. */
  synchronized void retire(LoadedPlugin plugin) {
    if (plugin.jar().isEmpty()) {
      plugin.close();
      return;
    }
    Retired earlier =
        bySha256.put(
            plugin.jar().get().sha256(), new Retired(Optional.of(plugin), clock.instant()));
    if (earlier != null) {
      earlier.plugin().ifPresent(LoadedPlugin::close);
    }
  }

  /**
   * The command that planned a job.
   *
   * @param current checksums of the versions in use now
   * @return empty if the command that is registered now presents it
   */
  synchronized Optional<CommandPlugin> planner(Job job, Set<String> current) {
    Optional<Version> version =
        planners.computeIfAbsent(job.id(), id -> store.pluginVersions().plannerOf(id));
    if (version.isEmpty() || current.contains(version.get().sha256())) {
      return Optional.empty();
    }
    Version wanted = version.get();
    return bySha256
        .computeIfAbsent(
            wanted.sha256(),
            sha256 ->
                new Retired(PluginJar.kept(wanted, versions).flatMap(loader), clock.instant()))
        .plugin()
        .flatMap(plugin -> plugin.command(job.command()));
  }

  /**
   * Ends versions whose jobs have ended, and deletes their copies.
   *
   * @param current checksums of the versions in use now
   */
  synchronized void clean(Set<String> current) {
    List<String> old =
        bySha256.entrySet().stream()
            .filter(entry -> entry.getValue().since().plus(LEAST).isBefore(clock.instant()))
            .map(Map.Entry::getKey)
            .toList();
    List<Path> copies = oldCopies(current);
    if (old.isEmpty() && copies.isEmpty()) {
      return;
    }
    Set<String> used =
        store.pluginVersions().inUse().stream().map(Version::sha256).collect(Collectors.toSet());
    for (String sha256 : old) {
      if (!used.contains(sha256)) {
        Retired done = bySha256.remove(sha256);
        if (done != null) {
          done.plugin().ifPresent(LoadedPlugin::close);
        }
        store.commit(new Change.PluginJobsEnded());
        planners.clear();
      }
    }
    for (Path copy : copies) {
      String sha256 = String.valueOf(copy.getFileName()).replace(".jar", "");
      if (!used.contains(sha256) && !bySha256.containsKey(sha256)) {
        delete(copy);
      }
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.warn("An old copy of a plugin cannot be deleted: {}", e.getMessage());
    }
  }

  /** Copies of jars that are not in use, and were not made just now. */
  private List<Path> oldCopies(Set<String> current) {
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(versions)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !current.contains(String.valueOf(file.getFileName()).replace(".jar", "")))
          .filter(this::isOld)
          .toList();
    } catch (IOException e) {
      LOG.warn("The old copies of plugins cannot be listed: {}", e.getMessage());
      return List.of();
    }
  }

  private boolean isOld(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().plus(LEAST).isBefore(clock.instant());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    bySha256.values().forEach(each -> each.plugin().ifPresent(LoadedPlugin::close));
    bySha256.clear();
  }
}
