package dev.bandmaster.core.chat;

/**
 * How the way in from the chat service is doing.
 *
 * @param connected whether envelopes can arrive now
 * @param description the details, for people
 */
public record ChatHealth(boolean connected, String description) {}
