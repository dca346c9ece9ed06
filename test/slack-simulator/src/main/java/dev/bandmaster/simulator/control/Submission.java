package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of a submitted modal. */
public sealed interface Submission {
  /** The app took it. */
  record Accepted() implements Submission {}

  /** The app found fault with some inputs: block id to message. */
  record Errors(JsonNode messages) implements Submission {}

  /** The app did not answer; the word is Slack's. */
  record Failed(String error) implements Submission {}
}
