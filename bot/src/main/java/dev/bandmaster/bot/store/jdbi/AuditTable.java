package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.AuditEntry;
import dev.bandmaster.bot.store.Ids;
import org.jdbi.v3.core.Handle;

/** The table {@code audit}: rows are added and never changed. */
final class AuditTable {

  void append(Handle handle, AuditEntry entry) {
    handle
        .createUpdate(
            """
            INSERT INTO audit
              (id, at, principal, channel, raw, action, decision, reason, rules, policy)
            VALUES (:id, :at, :principal, :channel, :raw, :action, :decision, :reason, :rules,
              :policy)\
            """)
        .bind("id", Ids.next(entry.at()))
        .bind("at", entry.at().toEpochMilli())
        .bind("principal", entry.principal())
        .bind("channel", entry.channel())
        .bind("raw", entry.raw().replace('\0', '\u2400'))
        .bind("action", entry.action())
        .bind("decision", entry.decision())
        .bind("reason", entry.reason().replace('\0', '\u2400'))
        .bind("rules", entry.rules())
        .bind("policy", entry.policy())
        .execute();
  }
}
