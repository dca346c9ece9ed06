package dev.bandmaster.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One program with its arguments, as the operating system will receive them. No shell reads them,
 * so quotes, {@code $(…)}, semicolons and newlines are ordinary characters.
 *
 * @param arguments the program and its arguments; a program with a slash is looked up from {@code
 *     directory}, one without in the {@code PATH} of {@code environment}
 * @param directory where it runs
 * @param environment everything the program will see of an environment: nothing is inherited
 * @param timeout how long it may run before its process group is ended
 * @param input the file that it reads as its standard input; empty for nothing
 */
public record ProgramCall(
    List<String> arguments,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    Optional<Path> input) {

  /** A call of a program that has nothing to read. */
  public ProgramCall(
      List<String> arguments, Path directory, Map<String, String> environment, Duration timeout) {
    this(arguments, directory, environment, timeout, Optional.empty());
  }

  public ProgramCall {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw new IllegalArgumentException("A call needs a program.");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("A call needs a time limit.");
    }
  }

  /** The program's name as it was asked for, for sentences to people. */
  public String program() {
    return arguments.getFirst();
  }
}
