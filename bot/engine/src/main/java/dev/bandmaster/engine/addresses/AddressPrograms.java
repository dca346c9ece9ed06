package dev.bandmaster.engine.addresses;

import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.engine.hooks.HookProcess;
import java.util.List;
import java.util.Optional;

/** Runs the operator's programs that attach and detach addresses. */
final class AddressPrograms {
  /** Characters of what a program prints that are shown. */
  private static final int SHOWN = 500;

  private final AddressSettings settings;

  AddressPrograms(AddressSettings settings) {
    this.settings = settings;
  }

  /** Gives an address to its machine; why it failed, if it did. */
  Optional<String> attach(AddressAssignment assignment) throws InterruptedException {
    return run(settings.attach(), assignment);
  }

  /** Takes an address from its machine; why it failed, if it did. */
  Optional<String> detach(AddressAssignment assignment) throws InterruptedException {
    return run(settings.detach(), assignment);
  }

  private Optional<String> run(List<String> command, AddressAssignment assignment)
      throws InterruptedException {
    return switch (HookProcess.run(
        command.stream().map(word -> filled(word, assignment)).toList(), "", settings.timeout())) {
      case HookProcess.End.Exited(int status, String _) when status == 0 -> Optional.empty();
      case HookProcess.End.Exited(int status, String output) ->
          Optional.of("it ended with status %d%s".formatted(status, said(output)));
      case HookProcess.End.TimedOut(String output) ->
          Optional.of(
              "it was killed after %d s%s".formatted(settings.timeout().toSeconds(), said(output)));
      case HookProcess.End.NotStarted(String reason) ->
          Optional.of("it cannot be started: " + reason);
    };
  }

  /** Values are names and addresses; each stays within its argument. */
  private static String filled(String word, AddressAssignment assignment) {
    return word.replace("{address}", assignment.address())
        .replace("{instance}", assignment.instance())
        .replace("{role}", assignment.role())
        .replace("{environment}", assignment.environment());
  }

  private static String said(String output) {
    return output.isEmpty()
        ? ""
        : ": " + (output.length() <= SHOWN ? output : output.substring(0, SHOWN) + "…");
  }
}
