package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code history}: who did what where, and how it ended, as the audit has it. */
final class HistoryCommand implements Command.Answer {

  private static final int MOST = 20;

  /** Questions are left out, so more rows are read than are shown. */
  private static final int SEARCHED = 500;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "history",
          List.of(),
          "shows who did what and how it ended",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "only this environment")
                  .optional(),
              Parameter.positional("app", new Parameter.Type.Application(), "only this application")
                  .optional(),
              Parameter.named(
                  "by",
                  new Parameter.Type.Word(),
                  "only what one person did: me, @name or slack:T…:U…")),
          List.of("history", "history prod", "history prod web", "history --by me"),
          CommandTraits.STANDARD.about(Topic.JOBS));

  private final Audit audit;
  private final DateTimeFormatter times;

  HistoryCommand(Audit audit, ZoneId zone) {
    this.audit = audit;
    this.times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(zone);
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Audit.Row> rows =
        found(asker, arguments).stream()
            .filter(row -> !row.entry().decision().equals("answered"))
            .limit(MOST)
            .toList();
    if (rows.isEmpty()) {
      return Message.sentence("No matching entries yet.");
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Table(
            "What was done, the newest first",
            List.of("When", "Command", "Who", "Outcome", "Why"),
            rows.stream().map(row -> cells(row.entry())).toList(),
            rows.stream().map(row -> (Block) new Message.Paragraph(line(row.entry()))).toList()));
    blocks.add(
        new Message.Footnote(
            Text.plain(
                "At most the newest %d, without read-only commands. For everything: `bandmaster audit export`."
                    .formatted(MOST))));
    return new Message(blocks);
  }

  private List<Audit.Row> found(Asker asker, Arguments arguments) {
    Optional<String> env = arguments.find("env");
    Optional<String> app = arguments.find("app");
    return arguments
        .find("by")
        .map(who ->
            audit.of(principal(asker, who), SEARCHED).stream()
                .filter(row -> env.isEmpty() || env.get().equals(row.entry().env()))
                .filter(row -> app.isEmpty() || app.get().equals(row.entry().app()))
                .toList())
        .orElseGet(() -> audit.newest(env, app, SEARCHED));
  }

  /** A bare user id is one of the asker's own workspace or organization. */
  private static String principal(Asker asker, String who) {
    UserRef self = asker.person().sender();
    if (who.equals("me")) {
      return self.principal();
    }
    return who.contains(":")
        ? who
        : new UserRef(self.team(), who.startsWith("@") ? who.substring(1) : who).principal();
  }

  private static List<Text> cells(AuditEntry entry) {
    return List.of(
        Text.EMPTY.moment(entry.at()),
        Text.EMPTY.code(shortened(entry.raw())),
        Text.EMPTY.person(user(entry.principal())),
        Text.plain(entry.decision()),
        Text.plain(shortened(entry.reason())));
  }

  private Text line(AuditEntry entry) {
    Text line = Text.plain(times.format(entry.at()) + "  ").code(shortened(entry.raw()));
    line = line.and("  ").person(user(entry.principal())).and("  ").bold(entry.decision());
    String reason = entry.reason();
    return reason.isEmpty() ? line : line.and("  " + shortened(reason));
  }

  private static String user(String principal) {
    return principal.substring(principal.lastIndexOf(':') + 1);
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "…";
  }
}
