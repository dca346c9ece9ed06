package dev.bandmaster.app;

import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.store.Storage;
import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.BotKeySet;
import dev.bandmaster.wire.BotPublicKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bandmaster audit}: who wanted what, and whether that record is still whole. */
@Command(
    name = "audit",
    description = "Verifies and exports the audit log. Read-only; the bot may be running.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static Storage look(ConfigFile file) {
    return Storage.look(StoreConfigs.settings(file.load().store()));
  }

  @Command(
      name = "verify",
      description = "Recomputes the hash of every row. Exits with 1 if the chain is broken.",
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin ConfigFile file,
      @Option(
              names = "--head",
              paramLabel = "HASH",
              description =
                  "A head printed by an earlier run and kept outside the operators' reach; "
                      + "detects rows deleted at the end.")
          Optional<String> head,
      @Option(
              names = "--anchors",
              paramLabel = "FILE",
              description =
                  "A text in which the bot's daily anchors stand, such as its log; detects rows "
                      + "deleted at the end, and a chain that was written anew.")
          Optional<Path> anchors)
      throws IOException {
    Map<Long, String> anchored = new TreeMap<>();
    if (anchors.isPresent()) {
      List<BotPublicKeys> keys = new BotKeyFolder(file.load().bus().keys()).everHeld();
      for (AuditAnchor anchor : AuditAnchor.findAll(Files.readString(anchors.get()))) {
        Optional<String> fault = anchor.fault(keys);
        if (fault.isPresent()) {
          out()
              .println(
                  "The anchor of row %d does not count: %s."
                      .formatted(anchor.number(), fault.get()));
          return 1;
        }
        String other = anchored.put(anchor.number(), anchor.hash());
        if (other != null && !other.equals(anchor.hash())) {
          out()
              .println(
                  "BROKEN at row %d: it was anchored twice, and differently."
                      .formatted(anchor.number()));
          return 1;
        }
      }
      if (anchored.isEmpty()) {
        out().println("There is no anchor in %s.".formatted(anchors.get()));
        return 1;
      }
    }
    try (Storage storage = look(file)) {
      return switch (AuditChain.verify(storage.audit(), head, anchored)) {
        case AuditChain.Verdict.Whole whole -> {
          out().println(describe(whole));
          if (!anchored.isEmpty()) {
            out()
                .println(
                    "%d anchors fit, up to row %d."
                        .formatted(anchored.size(), Collections.max(anchored.keySet())));
          }
          yield 0;
        }
        case AuditChain.Verdict.Broken(long number, String reason) -> {
          out().println("BROKEN at row %d: %s.".formatted(number, reason));
          yield 1;
        }
      };
    }
  }

  @Command(
      name = "anchor",
      description = "Signs the end of the audit log with the bot's key and prints it, to be kept.",
      mixinStandardHelpOptions = true)
  int anchor(@Mixin ConfigFile file) throws IOException {
    Instant now = Instant.now();
    BotKeyFolder folder = new BotKeyFolder(file.load().bus().keys());
    Optional<BotKeySet.Entry> signing = folder.read().signing(now);
    if (signing.isEmpty()) {
      throw new IOException(
          "The bot has no key that is valid now; run 'bandmaster keys rotate --now'.");
    }
    try (Storage storage = look(file)) {
      out().println(AuditAnchor.of(storage.audit().head(), now, signing.get().keys()).line());
    }
    return 0;
  }

  /** The result on one line, and the head on the next. */
  static String describe(AuditChain.Verdict.Whole whole) {
    return whole.rows() == 0
        ? "The audit log is empty."
        : "The audit log is intact: %d rows from %s to %s.%nhead %s"
            .formatted(
                whole.rows(),
                whole.first().map(Instant::toString).orElse(""),
                whole.last().map(Instant::toString).orElse(""),
                whole.head());
  }

  @Command(
      name = "export",
      description = "Writes the audit log to standard output, oldest first.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin ConfigFile file,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description = "Start time, inclusive: 2026-11-01 or 2026-11-01T08:30:00Z.",
              converter = TimeOption.class)
          Optional<Instant> since,
      @Option(
              names = "--until",
              paramLabel = "TIME",
              description = "End time, exclusive.",
              converter = TimeOption.class)
          Optional<Instant> until,
      @Option(
              names = "--person",
              paramLabel = "PRINCIPAL",
              description =
                  "Only actions of this person, under any of their ids: slack:T…:U…, as shown "
                      + "by whoami.")
          Optional<String> person,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
              defaultValue = "jsonl")
          AuditExport.Format format)
      throws IOException {
    try (Storage storage = look(file)) {
      Set<String> ids = person.map(storage.principals()::allIds).orElse(Set.of());
      AuditExport.write(
          storage.audit(),
          since.orElse(Instant.MIN),
          until.orElse(Instant.MAX),
          entry -> ids.isEmpty() || ids.contains(entry.principal()),
          format,
          out());
    }
    out().flush();
    return 0;
  }
}
