package dev.bandmaster.plugin;

/**
 * A command as it was understood.
 *
 * @param arguments what was said for each parameter
 * @param canonical the command in its canonical spelling, as it is shown, approved and audited
 */
public record Invocation(Arguments arguments, String canonical) {}
