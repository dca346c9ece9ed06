package dev.bandmaster.testkit.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Slack shows of a command.
 *
 * @param command the command it answers
 * @param posts the identity of each message the bot posted to it; a message that was posted again
 *     has the same identity
 * @param jobs how many different jobs these messages speak of; 0 for an answer without a job
 * @param ended when the end was seen; empty while there is none
 * @param successes how many nodes are said to have done it
 */
public record Shown(
    String command, List<String> posts, int jobs, Optional<Instant> ended, int successes) {
  public Shown {
    posts = List.copyOf(posts);
  }

  /** How many posts are there twice. */
  int repeatedPosts() {
    return posts.size() - (int) posts.stream().distinct().count();
  }
}
