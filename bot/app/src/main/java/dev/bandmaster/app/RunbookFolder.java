package dev.bandmaster.app;

import dev.bandmaster.config.RunbookConfig;
import dev.bandmaster.engine.runbooks.RunbookLibrary;
import dev.bandmaster.engine.runbooks.RunbookLibrary.Shelf;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of runbooks, one in each file. It is looked at each time somebody asks, and read again
 * when a file is new, gone or changed. A file that cannot be used is named and keeps no other from
 * being used.
 */
final class RunbookFolder implements RunbookLibrary.Source {
  private static final int MOST_FILES = 500;
  private static final String ENDING = ".yaml";

  /** Without an environment: who may change a runbook may not read the bot's secrets with it. */
  private static final StrictYaml YAML = new StrictYaml(Limits.STANDARD, Environment.of(Map.of()));

  private final Path folder;
  private Map<String, Stamp> seen = Map.of();
  private Shelf shelf = new Shelf(List.of(), List.of());

  /** What changes when a file does. */
  private record Stamp(long modified, long size) {}

  RunbookFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized Shelf now() {
    Map<String, Stamp> there;
    try {
      there = files();
    } catch (IOException e) {
      return new Shelf(
          shelf.runbooks(),
          List.of("The folder of runbooks cannot be read: " + e.getClass().getSimpleName()));
    }
    if (!there.equals(seen)) {
      shelf = read(there);
      seen = there;
    }
    return shelf;
  }

  private Map<String, Stamp> files() throws IOException {
    Map<String, Stamp> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : (Iterable<Path>) entries::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING) && !name.startsWith(".") && Files.isRegularFile(file)) {
          BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
          files.put(name, new Stamp(known.lastModifiedTime().toMillis(), known.size()));
        }
      }
    }
    return files;
  }

  private Shelf read(Map<String, Stamp> files) {
    List<Runbook> runbooks = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : files.keySet()) {
      if (runbooks.size() == MOST_FILES) {
        problems.add("Only the first %d runbooks of the folder are used.".formatted(MOST_FILES));
        break;
      }
      try {
        RunbookConfig config = YAML.load(folder.resolve(name), RunbookConfig::read).value();
        runbooks.add(
            RunbookMapper.runbook(name.substring(0, name.length() - ENDING.length()), config));
      } catch (BadConfigException e) {
        problems.add(
            e.problems().size() == 1
                ? e.problems().getFirst().toString()
                : "%s, and %d more mistakes"
                    .formatted(e.problems().getFirst(), e.problems().size() - 1));
      } catch (IllegalArgumentException e) {
        problems.add(name + ": " + e.getMessage());
      }
    }
    return new Shelf(runbooks, problems);
  }
}
