package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a person types into what Slack's clients send: mentions and channels become ids, bare
 * host names and addresses become links, the three special characters are escaped, and a rich text
 * block accompanies the text. Code between backticks is only escaped.
 */
public final class Composer {
  /** Endings after which a client takes a word for a host name; a file name may fall to it too. */
  private static final String ENDINGS =
      "com|org|net|io|dev|edu|gov|info|co|uk|de|fr|eu|us|ai|me|app|cloud|sh|md|py|rs";

  private static final Pattern TOKENS =
      Pattern.compile(
          """
          (?<block>```[\\s\\S]+?```)\
          |(?<code>`[^`\\n]+`)\
          |(?<url>https?://[^\\s<>]*[^\\s<>.,;:!?)'"])\
          |(?<mail>(?<![\\w.+-])[\\w.+-]+@(?:[a-z0-9-]+\\.)+[a-z]{2,}\\b)\
          |(?<![\\w@])@(?<at>[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\
          |(?<!\\w)\\#(?<hash>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)\
          |(?<host>(?<![\\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:ENDINGS)\\b(?![\\w-]|\\.\\w)\
          (?::\\d+)?(?:/[^\\s<>]*[^\\s<>.,;:!?)'"])?)\
          """
              .replace("ENDINGS", ENDINGS));

  private static final Set<String> BROADCASTS = Set.of("here", "channel", "everyone");

  private final Workspace workspace;

  /** Knows the people, groups and channels of {@code workspace}. */
  public Composer(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * What is sent for something typed.
   *
   * @param text the message text in Slack's mark-up
   * @param blocks the rich text block that clients send along
   */
  public record Composed(String text, ArrayNode blocks) {
    public Composed {
      blocks = blocks.deepCopy();
    }

    /** A copy of the blocks, free to change. */
    @Override
    public ArrayNode blocks() {
      return blocks.deepCopy();
    }
  }

  /** Composes what was typed. */
  public Composed compose(String typed) {
    StringBuilder text = new StringBuilder();
    RichText rich = new RichText();
    Matcher tokens = TOKENS.matcher(typed);
    int from = 0;
    while (tokens.find()) {
      plain(typed.substring(from, tokens.start()), text, rich);
      token(tokens, text, rich);
      from = tokens.end();
    }
    plain(typed.substring(from), text, rich);
    return new Composed(text.toString(), rich.blocks());
  }

  /** Escapes the three characters that mean something to Slack. */
  public static String escape(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void plain(String typed, StringBuilder text, RichText rich) {
    text.append(escape(typed));
    rich.text(typed, false);
  }

  private void token(Matcher token, StringBuilder text, RichText rich) {
    String all = token.group();
    String code = token.group("code");
    String at = token.group("at");
    String hash = token.group("hash");
    if (token.group("block") != null) {
      text.append(escape(all));
      rich.preformatted(all.substring(3, all.length() - 3).strip());
    } else if (code != null) {
      text.append(escape(all));
      rich.text(code.substring(1, code.length() - 1), true);
    } else if (token.group("url") != null) {
      link(all, null, text, rich);
    } else if (token.group("mail") != null) {
      link("mailto:" + all, all, text, rich);
    } else if (at != null) {
      mention(at, text, rich);
    } else if (hash != null) {
      channel(hash, text, rich);
    } else {
      link("http://" + all, all, text, rich);
    }
  }

  private static void link(String url, @Nullable String label, StringBuilder text, RichText rich) {
    text.append('<').append(escape(url));
    if (label != null) {
      text.append('|').append(escape(label));
    }
    text.append('>');
    ObjectNode element = Json.object().put("type", "link").put("url", url);
    if (label != null) {
      element.put("text", label);
    }
    rich.inline(element);
  }

  private void mention(String name, StringBuilder text, RichText rich) {
    Optional<String> user =
        name.equals(workspace.bot().name())
            ? Optional.of(workspace.bot().userId())
            : workspace.person(name).map(Person::id);
    Optional<Group> group = workspace.group(name);
    if (user.isPresent()) {
      text.append("<@").append(user.get()).append('>');
      rich.inline(Json.object().put("type", "user").put("user_id", user.get()));
    } else if (group.isPresent()) {
      String id = group.get().id();
      text.append("<!subteam^").append(id).append("|@").append(name).append('>');
      rich.inline(Json.object().put("type", "usergroup").put("usergroup_id", id));
    } else if (BROADCASTS.contains(name)) {
      text.append("<!").append(name).append('>');
      rich.inline(Json.object().put("type", "broadcast").put("range", name));
    } else {
      plain("@" + name, text, rich);
    }
  }

  private void channel(String name, StringBuilder text, RichText rich) {
    workspace.channels().stream()
        .filter(channel -> channel.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            channel -> {
              text.append("<#").append(channel.id()).append('|').append(name).append('>');
              rich.inline(Json.object().put("type", "channel").put("channel_id", channel.id()));
            },
            () -> plain("#" + name, text, rich));
  }
}
