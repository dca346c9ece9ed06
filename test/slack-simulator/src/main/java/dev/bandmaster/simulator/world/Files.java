package dev.bandmaster.simulator.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The uploaded files, from the request for an address to the share. Safe for many threads. */
public final class Files {
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

  Files() {}

  /** The file with this id. */
  public Optional<StoredFile> find(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /** Keeps this state of the file instead of an earlier one. */
  public void put(StoredFile file) {
    files.put(file.id(), file);
  }

  /** Every file, in no order. */
  public List<StoredFile> all() {
    return List.copyOf(files.values());
  }

  void clear() {
    files.clear();
  }
}
