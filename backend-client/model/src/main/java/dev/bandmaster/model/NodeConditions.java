package dev.bandmaster.model;

import dev.bandmaster.model.NodeFilter.Condition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the terms of a filter mean. The messages of its exceptions are read by the person who typed
 * the filter.
 */
final class NodeConditions {
  private static final String FACT = "fact.";

  private NodeConditions() {}

  /** A bare word: a name, a pattern, or a set of names. */
  static Condition names(String word) {
    if (word.contains("[")) {
      var names = new HashSet<>(NodeSet.expand(word, Target.Nodes.MOST));
      return new NodeFilter.ByName(names::contains);
    }
    if (word.contains(",")) {
      List<Condition> any =
          Stream.of(word.split(",", -1))
              .filter(part -> !part.isEmpty())
              .map(NodeConditions::names)
              .toList();
      return new NodeFilter.AnyOf(any);
    }
    if (!NodeName.isValid(word.replaceAll("[*?]", "x"))) {
      throw new IllegalArgumentException("\"" + word + "\" cannot be a node's name");
    }
    return new NodeFilter.ByName(Glob.matching(word));
  }

  static Condition comparison(String key, String operator, String value) {
    if (key.startsWith(FACT) && key.length() > FACT.length()) {
      return fact(key.substring(FACT.length()), operator, value);
    }
    return switch (key) {
      case "env" -> one(NodeFilter.ByEnvironment::new, key, operator, value);
      case "node" -> one(NodeFilter.ByName::new, key, operator, value);
      case "app" -> many(node -> node.apps().keySet(), key, operator, value);
      case "role" -> many(NodeDescription::roles, key, operator, value);
      case "tag" -> many(NodeDescription::tags, key, operator, value);
      case "capability" -> many(NodeDescription::capabilities, key, operator, value);
      default ->
          throw new IllegalArgumentException(
              "\""
                  + key
                  + "\" is not a filter; use env, app, role, tag, capability, node or fact.<name>");
    };
  }

  private static Condition one(
      Function<Predicate<String>, Condition> on, String key, String operator, String value) {
    if (value.contains(",")) {
      throw new IllegalArgumentException(
          "a node has one " + key + "; write (" + key + "=a or " + key + "=b)");
    }
    Predicate<String> test = equality(key, operator, value);
    Condition holds = on.apply(test);
    return negated(operator) ? new NodeFilter.Not(holds) : holds;
  }

  /** All the values, separated by commas, must be found among what the node has. */
  private static Condition many(
      Function<NodeDescription, Collection<String>> of, String key, String operator, String value) {
    List<Predicate<String>> wanted =
        Stream.of(value.split(",", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> equality(key, operator, part))
            .toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("a value is missing after " + key + operator);
    }
    Condition all =
        new NodeFilter.ByDescription(
            node -> wanted.stream().allMatch(test -> of.apply(node).stream().anyMatch(test)));
    return negated(operator) ? new NodeFilter.Not(all) : all;
  }

  private static boolean negated(String operator) {
    return operator.equals("!=");
  }

  private static Predicate<String> equality(String key, String operator, String value) {
    return switch (operator) {
      case "=", "!=" -> value::equals;
      case "=~" -> Glob.matching(value);
      default ->
          throw new IllegalArgumentException(
              key + " supports only =, != and =~; " + operator + " is for facts");
    };
  }

  private static Condition fact(String name, String operator, String value) {
    Predicate<String> test =
        switch (operator) {
          case "=", "!=" -> value::equals;
          case "=~" -> Glob.matching(value);
          case "<" -> actual -> Ordering.compare(actual, value) < 0;
          case ">" -> actual -> Ordering.compare(actual, value) > 0;
          case "<=" -> actual -> Ordering.compare(actual, value) <= 0;
          default -> actual -> Ordering.compare(actual, value) >= 0;
        };
    Condition holds =
        node -> {
          String actual = node.facts().get(name);
          return actual != null && test.test(actual);
        };
    return negated(operator) ? node -> !holds.holds(node) : holds;
  }
}
