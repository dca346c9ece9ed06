package dev.bandmaster.app.cli;

/** Why a command of the shell ends; the message is for the person who typed it. */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  static CliException failed(String message) {
    return new CliException(ExitCode.FAILED, message);
  }

  static CliException refused(String message) {
    return new CliException(ExitCode.REFUSED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
