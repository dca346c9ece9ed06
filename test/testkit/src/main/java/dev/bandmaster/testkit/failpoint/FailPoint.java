package dev.bandmaster.testkit.failpoint;

import dev.bandmaster.testkit.failpoint.Edge.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Is told when a commit is about to happen and when it has. Called by many threads. */
@FunctionalInterface
public interface FailPoint {

  /** What a process that was ended by {@code kill -9} leaves as its exit code. */
  int KILLED = 137;

  /** This moment of a transaction's life is there; may not return. */
  void reached(Edge edge);

  /** Ends the process at one edge, as {@code kill -9} would. */
  static FailPoint haltingAt(Edge wanted) {
    return edge -> {
      if (edge.equals(wanted)) {
        Runtime.getRuntime().halt(KILLED);
      }
    };
  }

  /** Appends every edge to a file, one a line. */
  static FailPoint recordingIn(Path file) {
    return edge -> {
      try {
        Files.writeString(file, edge + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Counts the commits of each name for a fail point. */
  final class Counted {
    private final FailPoint failPoint;
    private final Map<String, Integer> before = new ConcurrentHashMap<>();
    private final Map<String, Integer> after = new ConcurrentHashMap<>();

    Counted(FailPoint failPoint) {
      this.failPoint = failPoint;
    }

    void reached(String name, Side side) {
      Map<String, Integer> counts = side == Side.BEFORE ? before : after;
      failPoint.reached(new Edge(name, counts.merge(name, 1, Integer::sum), side));
    }
  }
}
