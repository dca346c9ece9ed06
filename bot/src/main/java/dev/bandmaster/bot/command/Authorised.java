package dev.bandmaster.bot.command;

import java.util.List;

/**
 * A command that may be run.
 *
 * @param rules ids of the rules that allow it
 * @param policy hash of the policy that says so
 */
record Authorised(Understood command, List<String> rules, String policy) {
  Authorised {
    rules = List.copyOf(rules);
  }
}
