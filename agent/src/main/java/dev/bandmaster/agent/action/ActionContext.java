package dev.bandmaster.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.wire.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an action at work knows and may do. Used by the action's own thread. */
public interface ActionContext {

  /** The id of the request. */
  String request();

  /** On whose behalf. */
  Caller caller();

  /** The arguments, already found to fit the action's schema. */
  JsonNode arguments();

  /** Reports a step to the caller, such as {@code fetch = done}. */
  void progress(String key, String value);

  /** Where printed text goes: to the asker, in pieces, bounded. */
  ProgramOutput output();

  /** Time left until the action has to end. */
  Duration remaining();

  /** Whether it has to end early, and why. */
  Cancellation cancellation();

  /**
   * Runs a program under supervision, its output going to the asker. Its time is what is left.
   *
   * @param environment the whole environment of the program
   */
  ProgramOutcome run(List<String> arguments, Path directory, Map<String, String> environment);

  /**
   * The same for a program that reads a file as its standard input, and whose output goes
   * elsewhere.
   */
  ProgramOutcome run(
      List<String> arguments,
      Path directory,
      Map<String, String> environment,
      Path input,
      ProgramOutput to);
}
