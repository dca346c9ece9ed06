package dev.bandmaster.agent.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that fails when it is told to, and can crash: then what was not synchronised may
 * be there or not.
 */
final class FailingDisk implements Disk {

  /** How a step fails. */
  enum Fault {
    NONE,
    /** Nothing has happened. */
    BEFORE,
    /** It has happened, and fails all the same. */
    AFTER,
    /** Of a write only half has happened; as {@link #BEFORE} for other steps. */
    HALF
  }

  /** Decides how a step goes. */
  interface Faults {
    Fault next(String step);
  }

  private static final class Content {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int synced;
  }

  private final Map<Path, Content> names = new HashMap<>();
  private final Map<Path, Content> durableNames = new HashMap<>();
  private volatile Faults faults = step -> Fault.NONE;

  void fail(Faults how) {
    faults = how;
  }

  private interface Step {
    void run() throws IOException;
  }

  private void step(String name, Step step) throws IOException {
    Fault fault = faults.next(name);
    if (fault == Fault.NONE || fault == Fault.AFTER) {
      step.run();
    }
    if (fault != Fault.NONE) {
      throw new IOException(name + " failed (on purpose)");
    }
  }

  @Override
  public byte @Nullable [] read(Path file) {
    Content content = names.get(file);
    return content == null ? null : content.bytes.toByteArray();
  }

  @Override
  public Output create(Path file) throws IOException {
    Content content = new Content();
    step("create", () -> names.put(file, content));
    return new Output() {
      @Override
      public void write(byte[] bytes) throws IOException {
        Fault fault = faults.next("write");
        int taken =
            switch (fault) {
              case NONE, AFTER -> bytes.length;
              case HALF -> bytes.length / 2;
              case BEFORE -> 0;
            };
        content.bytes.write(bytes, 0, taken);
        if (fault != Fault.NONE) {
          throw new IOException("write failed (on purpose)");
        }
      }

      @Override
      public void sync() throws IOException {
        step("sync", () -> content.synced = content.bytes.size());
      }

      @Override
      public void close() throws IOException {
        step("close", () -> {});
      }
    };
  }

  @Override
  public void replace(Path file, Path old) throws IOException {
    step(
        "replace",
        () -> {
          Content content = names.remove(file);
          if (content == null) {
            throw new IOException("there is no " + file);
          }
          names.put(old, content);
        });
  }

  @Override
  public void syncDirectory(Path file) throws IOException {
    step(
        "syncDirectory",
        () -> {
          durableNames.clear();
          durableNames.putAll(names);
        });
  }

  /** What a machine finds that starts again after a loss of power. */
  FailingDisk crash(RandomGenerator random) {
    FailingDisk found = new FailingDisk();
    boolean older = random.nextBoolean();
    (older ? durableNames : names)
        .forEach((name, content) -> {
          Content left = new Content();
          byte[] all = content.bytes.toByteArray();
          int length = content.synced + random.nextInt(all.length - content.synced + 1);
          left.bytes.writeBytes(Arrays.copyOf(all, length));
          left.synced = length;
          found.names.put(name, left);
          found.durableNames.put(name, left);
        });
    return found;
  }
}
