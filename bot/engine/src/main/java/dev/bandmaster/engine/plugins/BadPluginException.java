package dev.bandmaster.engine.plugins;

/** A plugin cannot be loaded; the message is a sentence for operators, without secrets. */
public final class BadPluginException extends Exception {
  private static final long serialVersionUID = 1;

  public BadPluginException(String sentence) {
    super(sentence);
  }
}
