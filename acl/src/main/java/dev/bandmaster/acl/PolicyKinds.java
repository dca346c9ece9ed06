package dev.bandmaster.acl;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How people, places and scopes are written in a policy file. */
final class PolicyKinds {
  static final String EVERYTHING = "*";
  private static final String USER = "[UW][A-Z0-9]{2,30}";
  private static final String OUTSIDER = "[TE][A-Z0-9]{2,30}:[UW][A-Z0-9]{2,30}";
  private static final String GROUP = "S[A-Z0-9]{2,30}";
  private static final String GROUP_NAME = "group:";

  private PolicyKinds() {}

  /** A member of a group in {@code groups:}. */
  static Kind<String> member() {
    return Kinds.text(
        "a user id (U…) or a user group id (S…)",
        text -> text.matches(USER) || text.matches(GROUP));
  }

  static Kind<String> user() {
    return Kinds.text("a user id (U…) or T…:U…", t -> t.matches(USER) || t.matches(OUTSIDER));
  }

  /** Patterns, or {@code "*"}. */
  static Kind<Scope> scope() {
    return new StarOr<>(
        Kinds.glob(), "a list of patterns", globs -> new Scope(globs), Scope::inWords);
  }

  static Kind<Where> where() {
    var place =
        Kinds.text(
            "\"*\", dm, or a channel id (C…)", text -> text.matches("\\*|dm|[CG][A-Z0-9]{2,30}"));
    return new StarOr<>(place, "a list of places", PolicyKinds::places, Where::inWords);
  }

  private static Where places(List<String> words) {
    Set<String> channels = new HashSet<>(words);
    channels.removeAll(Set.of(EVERYTHING, "dm"));
    return new Where(words.contains(EVERYTHING), words.contains("dm"), channels);
  }

  static Kind<TargetLimit> targetLimit() {
    return Kinds.of(
        "a number of nodes such as 10, or a share such as 25%",
        new TargetLimit(1, false), TargetLimit::parse);
  }

  /**
   * People; group names must be known.
   *
   * @param groups the file's groups: ids by name
   */
  static Kind<Who> who(Map<String, List<String>> groups) {
    return new StarOr<>(
        new Person(groups), "a list of people", words -> people(words, groups), Who::inWords);
  }

  private static Who people(List<String> words, Map<String, List<String>> groups) {
    List<String> ids = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (var word : words) {
      var named = word.startsWith(GROUP_NAME);
      shown.add(named ? "group " + word.substring(GROUP_NAME.length()) : word);
      ids.addAll(
          named
              ? groups.getOrDefault(word.substring(GROUP_NAME.length()), List.of())
              : List.of(word));
    }
    return new Who(
        ids.contains(EVERYTHING),
        matching(ids, USER),
        matching(ids, OUTSIDER),
        matching(ids, GROUP),
        shown);
  }

  private static Set<String> matching(List<String> ids, String pattern) {
    return new HashSet<>(ids.stream().filter(id -> id.matches(pattern)).toList());
  }

  /** One person or group in a list of people. */
  private record Person(Map<String, List<String>> groups) implements Kind<String> {
    @Override
    public String name() {
      return "\"*\", a user id (U…), a user group id (S…), group:<name>, or T…:U… for a person of another organization";
    }

    @Override
    public String placeholder() {
      return EVERYTHING;
    }

    @Override
    public Optional<String> read(Value value) {
      return value.text(this).flatMap(text -> person(value, text));
    }

    private Optional<String> person(Value value, String text) {
      if (text.startsWith(GROUP_NAME)) {
        var name = text.substring(GROUP_NAME.length());
        return groups.containsKey(name)
            ? Optional.of(text)
            : value.refuse(
                "names the group '%s', which is not defined under 'groups'%s"
                    .formatted(name, Nearest.hint(name, groups.keySet())));
      }
      return text.equals(EVERYTHING)
              || text.matches(USER)
              || text.matches(GROUP)
              || text.matches(OUTSIDER)
          ? Optional.of(text)
          : value.refuseText(this, text);
    }
  }

  /** A list, or the single word {@code "*"}. */
  private record StarOr<I, T>(
      Kind<I> item, String what, Function<List<I>, T> conversion, Function<T, String> writing)
      implements Kind<T> {
    @Override
    public String name() {
      return "\"*\" or %s, each %s".formatted(what, item.name());
    }

    @Override
    public Optional<T> read(Value value) {
      if (value.isList()) {
        return Kinds.listOf(item).read(value).map(conversion);
      }
      return value
          .text(this)
          .filter(text -> text.equals(EVERYTHING) || refuse(value, text))
          .flatMap(text -> item.read(value))
          .map(List::of)
          .map(conversion);
    }

    private boolean refuse(Value value, String text) {
      value.refuseText(this, text);
      return false;
    }

    @Override
    public T placeholder() {
      return conversion.apply(List.of(item.placeholder()));
    }

    @Override
    public String show(T value) {
      return writing.apply(value);
    }
  }
}
