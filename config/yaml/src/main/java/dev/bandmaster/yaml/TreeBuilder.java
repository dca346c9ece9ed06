package dev.bandmaster.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds our own tree from the parser's events. Events, because the parser's ready-made trees guess
 * types ({@code no}, {@code 1.10}), merge duplicate keys late and nest without a bound.
 */
final class TreeBuilder {
  /** Ends the reading: after a syntax error or a crossed limit nothing further makes sense. */
  private static final class Unreadable extends RuntimeException {
    private Unreadable() {
      super("already reported", null, false, false);
    }
  }

  private final String file;
  private final Limits limits;
  private final Problems problems;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private int aliases;

  TreeBuilder(String file, Limits limits, Problems problems) {
    this.file = file;
    this.limits = limits;
    this.problems = problems;
  }

  /** The document's top section; empty when it could not be read, which is then reported. */
  Optional<YamlNode.Mapping> build(String text) {
    if (text.length() > limits.characters()) {
      problems.error(
          new Position(file, 1, 1),
          "the file is longer than the maximum of %d characters".formatted(limits.characters()));
      return Optional.empty();
    }
    var settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(limits.characters()).build();
    try {
      return document(new Parse(settings).parseString(text).iterator());
    } catch (MarkedYamlEngineException syntax) {
      problems.error(
          syntax.getProblemMark().map(this::position).orElse(new Position(file, 1, 1)),
          "invalid YAML: " + syntax.getProblem());
      return Optional.empty();
    } catch (YamlEngineException unmarked) {
      problems.error(new Position(file, 1, 1), "invalid YAML: " + unmarked.getMessage());
      return Optional.empty();
    } catch (Unreadable reported) {
      return Optional.empty();
    }
  }

  private Optional<YamlNode.Mapping> document(Iterator<Event> events) {
    events.next(); // the stream's start
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      throw unreadable(new Position(file, 1, 1), "the file is empty");
    }
    var first = events.next();
    var root = node(first, events, 1);
    events.next(); // the document's end
    var after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      problems.error(position(after), "a second document starts here; a file contains only one");
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    throw unreadable(
        root.position(), "the file must contain keys with values, such as 'name: value'");
  }

  private YamlNode node(Event event, Iterator<Event> events, int depth) {
    if (depth > limits.depth()) {
      throw unreadable(
          position(event), "is nested deeper than %d levels".formatted(limits.depth()));
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    refuseTag(event);
    var node =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> sequence(event, events, depth);
          case MappingStart -> mapping(event, events, depth);
          default -> throw new IllegalStateException("a value cannot start with " + event);
        };
    if (node.weight() > limits.nodes()) {
      throw unreadable(
          node.position(),
          "contains more than %d values after aliases are expanded".formatted(limits.nodes()));
    }
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private YamlNode aliased(AliasEvent alias) {
    aliases++;
    if (aliases > limits.aliases()) {
      throw unreadable(position(alias), "uses more than %d aliases".formatted(limits.aliases()));
    }
    return Optional.ofNullable(anchors.get(alias.getAlias()))
        .orElseThrow(() ->
            unreadable(
                position(alias),
                "the alias '*%s' is not defined above this line".formatted(alias.getAlias())));
  }

  private YamlNode.Scalar scalar(ScalarEvent event) {
    return new YamlNode.Scalar(event.getValue(), event.isPlain(), position(event));
  }

  private YamlNode.Sequence sequence(Event start, Iterator<Event> events, int depth) {
    List<YamlNode> items = new ArrayList<>();
    var weight = 1;
    for (var next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      var item = node(next, events, depth + 1);
      weight = sum(weight, item);
      items.add(item);
    }
    return new YamlNode.Sequence(items, position(start), weight);
  }

  private YamlNode.Mapping mapping(Event start, Iterator<Event> events, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    var seen = new HashSet<String>();
    var weight = 1;
    for (var next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
      if (!(next instanceof ScalarEvent key)) {
        throw unreadable(position(next), "a key must be a plain scalar");
      }
      var value = node(events.next(), events, depth + 1);
      weight = sum(weight, value);
      if (seen.add(key.getValue())) {
        entries.add(new YamlNode.Entry(key.getValue(), position(key), value));
      } else {
        problems.error(position(key), "duplicate key '%s'".formatted(key.getValue()));
      }
    }
    return new YamlNode.Mapping(entries, position(start), weight);
  }

  /** Stays just above the limit instead of running over. */
  private int sum(int weight, YamlNode more) {
    return Math.min(limits.nodes() + 1, weight + more.weight());
  }

  private void refuseTag(Event event) {
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.<String>empty();
        };
    tag.ifPresent(name ->
        problems.error(
            position(event), "the tag '%s' is not supported; remove it".formatted(name)));
  }

  private Unreadable unreadable(Position position, String sentence) {
    problems.error(position, sentence);
    return new Unreadable();
  }

  private Position position(Event event) {
    return event.getStartMark().map(this::position).orElse(new Position(file, 1, 1));
  }

  private Position position(Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
