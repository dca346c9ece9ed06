package dev.bandmaster.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which nodes are meant, by what they are: {@code app=web tag=ssd not env=prod}.
 *
 * <pre>
 * filter  = and { "or" and }
 * and     = not { [ "and" ] not }
 * not     = "not" not | "(" filter ")" | term
 * term    = key operator value | names
 * key     = "env" | "app" | "role" | "tag" | "capability" | "node" | "fact." name
 * operator = "=" | "!=" | "&lt;" | "&gt;" | "&lt;=" | "&gt;=" | "=~"
 * </pre>
 *
 * <p>A bare word is a node's name, a pattern ({@code web*}) or a set ({@code web[01-20]}). {@code
 * =~} compares with a pattern in which {@code *} stands for any characters and {@code ?} for one;
 * there are no regular expressions, so no filter can be slow. Several values after {@code tag=},
 * {@code role=}, {@code app=} or {@code capability=}, separated by commas, must <em>all</em> be
 * there. {@code <} and its kin compare numbers when both sides are numbers, otherwise versions part
 * by part. A fact that a node does not have equals nothing, and is neither smaller nor larger.
 */
public final class NodeFilter {
  /** Longest filter, in characters. */
  public static final int LONGEST = 2_000;

  /** Matches every node. */
  public static final NodeFilter ALL = new NodeFilter("", node -> true);

  private final String text;
  private final Condition condition;

  NodeFilter(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /** What reading a filter gave. */
  public sealed interface Parsed {
    /** The filter can be used. */
    record Valid(NodeFilter filter) implements Parsed {}

    /**
     * The filter has a mistake.
     *
     * @param reason a sentence for the person who typed it
     * @param column where, from 1
     */
    record Invalid(String reason, int column) implements Parsed {}
  }

  /** Reads a filter; a blank text means all nodes. Never throws. */
  public static Parsed parse(String text) {
    return NodeFilterParser.parse(text);
  }

  public boolean matches(NodeDescription node) {
    return condition.holds(node);
  }

  /**
   * Whether it could hold for a node that has not described itself.
   *
   * @param env its environment, if that is known
   */
  public boolean couldMatch(String node, Optional<String> env) {
    return condition.could(new Partial(node, env, Optional.empty()), true);
  }

  /**
   * Whether it could hold for a node that was described like this a moment ago: facts may have
   * changed since, everything else has to fit.
   */
  public boolean couldMatch(NodeDescription node) {
    return condition.could(
        new Partial(node.node(), Optional.of(node.env()), Optional.of(node)), true);
  }

  /** The text from which it was read. */
  @Override
  public String toString() {
    return text;
  }

  /** One part of a filter. */
  @FunctionalInterface
  interface Condition {
    boolean holds(NodeDescription node);

    /** Whether it could come out like this, as far as is known. */
    default boolean could(Partial node, boolean outcome) {
      return true;
    }
  }

  /** What is known of a node whose newest facts are not. */
  record Partial(String node, Optional<String> env, Optional<NodeDescription> described) {}

  /** A condition on the one thing that is known of every node. */
  record ByName(Predicate<String> test) implements Condition {
    @Override
    public boolean holds(NodeDescription node) {
      return test.test(node.node());
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return test.test(node.node()) == outcome;
    }
  }

  /** A condition on the environment. */
  record ByEnvironment(Predicate<String> test) implements Condition {
    @Override
    public boolean holds(NodeDescription node) {
      return test.test(node.env());
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return node.env().filter(env -> test.test(env) != outcome).isEmpty();
    }
  }

  /** A condition on what a node rarely changes: its applications, roles, tags and capabilities. */
  record ByDescription(Predicate<NodeDescription> test) implements Condition {
    @Override
    public boolean holds(NodeDescription node) {
      return test.test(node);
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return node.described().filter(known -> test.test(known) != outcome).isEmpty();
    }
  }

  /** At least one holds. */
  record AnyOf(List<Condition> conditions) implements Condition {
    AnyOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(NodeDescription node) {
      return conditions.stream().anyMatch(condition -> condition.holds(node));
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return outcome
          ? conditions.stream().anyMatch(condition -> condition.could(node, true))
          : conditions.stream().allMatch(condition -> condition.could(node, false));
    }
  }

  /** All hold. */
  record AllOf(List<Condition> conditions) implements Condition {
    AllOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(NodeDescription node) {
      return conditions.stream().allMatch(condition -> condition.holds(node));
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return outcome
          ? conditions.stream().allMatch(condition -> condition.could(node, true))
          : conditions.stream().anyMatch(condition -> condition.could(node, false));
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(NodeDescription node) {
      return !condition.holds(node);
    }

    @Override
    public boolean could(Partial node, boolean outcome) {
      return condition.could(node, !outcome);
    }
  }
}
