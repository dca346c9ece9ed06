package dev.bandmaster.config;

import java.util.Map;
import java.util.regex.Pattern;

/** Ids and commands of a chat and a bot that are like the real ones. */
final class TestNames {
  static final KnownNames ALL =
      new KnownNames(
          new ChatIds(
              form("a channel id such as C0123ABCD", "C[A-Z0-9]{2,20}"),
              form("a user id such as U0123ABCD", "U[A-Z0-9]{2,20}"),
              form("a group id such as S0123ABCD", "S[A-Z0-9]{2,20}")),
          Map.of(
              "ping",
              "ping",
              "codeupdate",
              "codeupdate",
              "deploy",
              "codeupdate",
              "adhoc",
              "adhoc"));

  private TestNames() {}

  private static ChatIds.Form form(String name, String regex) {
    return new ChatIds.Form(name, Pattern.compile(regex).asMatchPredicate());
  }
}
