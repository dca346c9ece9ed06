package dev.bandmaster.engine.commands;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.List;

/**
 * {@code audit}: how long the audit log is, and the hash at its end, with which an export can be
 * compared. Who may use it may export the log by the API.
 */
public final class AuditLogCommand implements Command.Answer {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "audit",
          List.of(),
          "shows the length of the audit log and the hash at its end",
          List.of(),
          List.of("audit"),
          CommandTraits.STANDARD.about(Topic.BOT));

  private final Audit audit;

  private AuditLogCommand(Audit audit) {
    this.audit = audit;
  }

  /** The command. */
  public static Command of(Audit audit) {
    return new Command.BuiltIn(DECLARATION, new AuditLogCommand(audit));
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    Audit.Head head = audit.head();
    return Message.of(
        new Message.Paragraph(
            Text.plain("The audit log has ")
                .bold("%,d entries".formatted(head.number()))
                .and("; the hash of the last one is ")
                .code(head.hash())
                .and(".")));
  }
}
