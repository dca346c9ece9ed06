package dev.bandmaster.engine.plugins;

/** A script did not keep to the protocol; the message is the rest of a sentence about it. */
final class ScriptException extends Exception {
  private static final long serialVersionUID = 1;

  ScriptException(String how) {
    super(how);
  }
}
