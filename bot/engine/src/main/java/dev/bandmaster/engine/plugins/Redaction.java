package dev.bandmaster.engine.plugins;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Setting;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a plugin's secrets out of what it says, in the log and in messages.
 *
 * @param secrets the longest first, so that one that begins another one leaves nothing of it
 */
record Redaction(List<String> secrets) {
  static final Redaction NONE = new Redaction(List.of());

  /** A shorter secret is a word that may occur anywhere. */
  private static final int SHORTEST = 4;

  Redaction {
    secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The values of the secret settings. */
  static Redaction of(List<Setting> settings, PluginSettings values) {
    return new Redaction(
        settings.stream()
            .filter(setting -> setting.type() instanceof Setting.Type.Secret)
            .flatMap(setting -> values.text(setting.key()).stream())
            .toList());
  }

  String text(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }

  /** The same text, cut to so many characters. */
  String text(String text, int most) {
    String clean = text(text);
    return clean.length() <= most ? clean : clean.substring(0, most) + "…";
  }

  /** The message without secrets, and without buttons, which only the bot itself may offer. */
  Message message(Message message) {
    return new Message(blocks(message.blocks()));
  }

  private Optional<Block> block(Block block) {
    return switch (block) {
      case Message.Header(String text) -> Optional.of(new Message.Header(text(text)));
      case Message.Paragraph(Text text) -> Optional.of(new Message.Paragraph(spans(text)));
      case Message.Preformatted(String text) -> Optional.of(new Message.Preformatted(text(text)));
      case Message.Footnote(Text text) -> Optional.of(new Message.Footnote(spans(text)));
      case Message.Divider divider -> Optional.of(divider);
      case Message.Buttons _, Message.Menu _ -> Optional.empty();
      case Message.Foldable(Text title, List<Block> content, boolean isOpen) ->
          Optional.of(new Message.Foldable(spans(title), blocks(content), isOpen));
      case Message.Table(String caption, var columns, var rows, List<Block> plain) ->
          Optional.of(
              new Message.Table(
                  text(caption),
                  columns.stream().map(this::text).toList(),
                  rows.stream().map(row -> row.stream().map(this::spans).toList()).toList(),
                  blocks(plain)));
      case Message.Chart chart -> Optional.of(chart(chart));
    };
  }

  /** The same chart. */
  Message.Chart chart(Message.Chart chart) {
    return new Message.Chart(
        text(chart.title()),
        text(chart.unit()),
        chart.bars().stream().map(bar -> new Message.Bar(text(bar.label()), bar.value())).toList(),
        blocks(chart.plain()));
  }

  private List<Block> blocks(List<Block> blocks) {
    return blocks.stream().flatMap(block -> block(block).stream()).toList();
  }

  private Text spans(Text text) {
    List<Text.Span> clean = new ArrayList<>();
    for (Text.Span span : text.spans()) {
      clean.add(
          switch (span) {
            case Text.Span.Plain(String words) -> new Text.Span.Plain(text(words));
            case Text.Span.Bold(String words) -> new Text.Span.Bold(text(words));
            case Text.Span.Code(String words) -> new Text.Span.Code(text(words));
            case Text.Span.Link(String url, String label) ->
                new Text.Span.Link(text(url), text(label));
            case Text.Span.Person person -> person;
            case Text.Span.Group group -> group;
            case Text.Span.Channel channel -> channel;
            case Text.Span.Moment moment -> moment;
          });
    }
    return new Text(clean);
  }
}
