package dev.bandmaster.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a program as leader of a session and process group of its own, so that it can be ended
 * together with everything it started. Uses {@code setsid} and {@code kill}; where one of them is
 * missing, the descendants known to the JVM are ended instead, which misses those that were handed
 * over to init.
 */
final class ProcessGroups {

  /** The two signals a program may get: asked to stop, made to stop. */
  enum Signal {
    TERM,
    KILL
  }

  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroups.class);
  private static final List<Path> SYSTEM =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

  private final Optional<Path> setsid;
  private final Optional<Path> kill;

  private ProcessGroups(Optional<Path> setsid, Optional<Path> kill) {
    this.setsid = setsid;
    this.kill = kill;
  }

  /** What this machine offers. */
  static ProcessGroups ofThisMachine() {
    return new ProcessGroups(find("setsid"), find("kill"));
  }

  /** The way of a machine that has neither program. */
  static ProcessGroups withoutHelpers() {
    return new ProcessGroups(Optional.empty(), Optional.empty());
  }

  private static Optional<Path> find(String name) {
    return SYSTEM.stream().map(d -> d.resolve(name)).filter(Files::isExecutable).findFirst();
  }

  /**
   * The same call, leading its own group. {@code setsid} replaces itself by the program, so the
   * process id the JVM knows is also the group's.
   */
  List<String> leading(List<String> arguments) {
    if (!grouped()) {
      return arguments;
    }
    List<String> wrapped = new ArrayList<>();
    wrapped.add(setsid.orElseThrow().toString());
    wrapped.addAll(arguments);
    return wrapped;
  }

  /**
   * Sends the signal to the process and to all it started; a group that no longer exists is not an
   * error.
   */
  void signal(Process process, Signal signal) throws InterruptedException {
    if (grouped()) {
      signalGroup(process.pid(), signal);
    } else {
      signalDescendants(process, signal);
    }
  }

  /** Sends the signal to what is left of a program that this process did not start. */
  void signal(ProgramNotes.LeftOver leftOver, Signal signal) throws InterruptedException {
    if (grouped() && leftOver.leader().isPresent()) {
      signalGroup(leftOver.leader().get().pid(), signal);
    }
    leftOver.all().forEach(process -> signalOne(process, signal));
  }

  private boolean grouped() {
    return setsid.isPresent() && kill.isPresent();
  }

  private void signalGroup(long group, Signal signal) throws InterruptedException {
    try {
      Process sender =
          new ProcessBuilder(kill.orElseThrow().toString(), "-" + signal, "--", "-" + group)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!sender.waitFor(5, TimeUnit.SECONDS)) {
        sender.destroyForcibly();
        LOG.warn("Sending {} to process group {} timed out.", signal, group);
      }
    } catch (IOException e) {
      LOG.warn("Cannot send {} to process group {}: {}", signal, group, e.getMessage());
    }
  }

  private static void signalDescendants(Process process, Signal signal) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(handle -> signalOne(handle, signal));
  }

  private static void signalOne(ProcessHandle process, Signal signal) {
    switch (signal) {
      case TERM -> process.destroy();
      case KILL -> process.destroyForcibly();
    }
  }
}
