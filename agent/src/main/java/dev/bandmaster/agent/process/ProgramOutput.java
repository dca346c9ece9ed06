package dev.bandmaster.agent.process;

/** Where a running program's text goes. Called on the thread that supervises the program. */
@FunctionalInterface
public interface ProgramOutput {

  /** The name of the ordinary stream. */
  String OUT = "stdout";

  /** The name of the stream for complaints. */
  String ERR = "stderr";

  /** Takes what the program printed since the last call, in order, never empty. */
  void text(String stream, String text);
}
