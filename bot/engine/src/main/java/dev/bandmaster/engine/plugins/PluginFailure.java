package dev.bandmaster.engine.plugins;

/** A call to a plugin failed; the message says how, without secrets: "threw …". */
final class PluginFailure extends Exception {
  private static final long serialVersionUID = 1;

  PluginFailure(String how) {
    super(how);
  }
}
