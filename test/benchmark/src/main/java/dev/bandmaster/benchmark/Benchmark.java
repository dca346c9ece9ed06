package dev.bandmaster.benchmark;

import java.util.List;

/** Something that can be measured by itself. */
interface Benchmark {

  /** What it is called on the command line: one word. */
  String name();

  /** What it measures, in half a line. */
  String about();

  /**
   * Measures.
   *
   * @throws Exception when it could not run; a missed target is a figure, not an exception
   */
  List<Figure> run() throws Exception;
}
