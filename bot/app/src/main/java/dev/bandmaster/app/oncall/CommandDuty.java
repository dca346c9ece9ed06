package dev.bandmaster.app.oncall;

import dev.bandmaster.engine.hooks.HookProcess;
import dev.bandmaster.engine.oncall.Duty;
import dev.bandmaster.engine.oncall.DutySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A program that prints who is on call, one person in each line.
 *
 * @param command an absolute path, and its arguments; no shell sees them
 * @param timeout how long a run may take
 */
public record CommandDuty(List<String> command, Duration timeout, Contacts contacts)
    implements DutySource {
  public CommandDuty {
    command = List.copyOf(command);
  }

  @Override
  public Duty at(Instant now) throws DutyUnknown, InterruptedException {
    return switch (HookProcess.run(command, "", timeout)) {
      case HookProcess.End.Exited(int status, String output) when status == 0 ->
          contacts.duty(List.of(output.split("\\s*\\|\\s*")), Optional.empty());
      case HookProcess.End.Exited(int status, var _) ->
          throw new DutyUnknown("The program ended with exit status %d.".formatted(status));
      case HookProcess.End.TimedOut _ ->
          throw new DutyUnknown(
              "The program did not end within %d s.".formatted(timeout.toSeconds()));
      case HookProcess.End.NotStarted _ ->
          throw new DutyUnknown("The program could not be started.");
    };
  }
}
