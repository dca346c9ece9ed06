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
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How people, places and scopes are written in a policy file.
 *
 * @param ids what ids look like
 */
record PolicyKinds(IdSyntax ids) {
  static final String EVERYTHING = "*";
  private static final String GROUP_NAME = "group:";

  /** What is asked by the API is asked there, and nowhere in the chat. */
  static final String API = "api";

  /** Programs that use the API under a name of their own. */
  private static final Pattern SERVICE = Pattern.compile("service:[a-z0-9][a-z0-9-]{0,62}");

  static boolean isService(String text) {
    return SERVICE.matcher(text).matches();
  }

  /** A member of a group in {@code groups:}. */
  Kind<String> member() {
    return Kinds.text(
        "a user id (%s), a user group id (%s) or service:<name>"
            .formatted(ids.user().example(), ids.group().example()),
        text -> ids.user().matches(text) || ids.group().matches(text) || isService(text));
  }

  Kind<String> user() {
    return Kinds.text(
        "a user id (%s), service:<name> or %s".formatted(ids.user().example(), ids.outsider()),
        text -> ids.user().matches(text) || ids.isOutsider(text) || isService(text));
  }

  /** Patterns, or {@code "*"}. */
  static Kind<Scope> scope() {
    return new StarOr<>(
        Kinds.glob(), "a list of patterns", globs -> new Scope(globs), Scope::inWords);
  }

  Kind<Where> where() {
    var place =
        Kinds.text(
            "\"*\", dm, api, or a channel id (%s)".formatted(ids.channel().example()),
            text -> text.equals(EVERYTHING) || isPlace(text));
    return new StarOr<>(place, "a list of places", PolicyKinds::places, Where::inWords);
  }

  /** The direct messages with the bot, the API, or a channel. */
  boolean isPlace(String text) {
    return text.equals("dm") || text.equals(API) || ids.channel().matches(text);
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
  Kind<Who> who(Map<String, List<String>> groups) {
    return new StarOr<>(
        new Person(ids, groups), "a list of people", words -> people(words, groups), Who::inWords);
  }

  private Who people(List<String> words, Map<String, List<String>> groups) {
    List<String> named = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (var word : words) {
      var isName = word.startsWith(GROUP_NAME);
      shown.add(isName ? "group " + word.substring(GROUP_NAME.length()) : word);
      named.addAll(
          isName
              ? groups.getOrDefault(word.substring(GROUP_NAME.length()), List.of())
              : List.of(word));
    }
    return new Who(
        named.contains(EVERYTHING),
        matching(named, ids.user()::matches),
        matching(named, id -> ids.isOutsider(id) || isService(id)),
        matching(named, ids.group()::matches),
        shown);
  }

  private static Set<String> matching(List<String> named, Predicate<String> form) {
    return new HashSet<>(named.stream().filter(form).toList());
  }

  /** One person or group in a list of people. */
  private record Person(IdSyntax ids, Map<String, List<String>> groups) implements Kind<String> {
    @Override
    public String name() {
      return "\"*\", a user id (%s), a user group id (%s), group:<name>, service:<name>, or %s for a person of another organization"
          .formatted(ids.user().example(), ids.group().example(), ids.outsider());
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
              || ids.user().matches(text)
              || ids.group().matches(text)
              || ids.isOutsider(text)
              || isService(text)
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
