package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.store.EnrolmentTokens;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code enrolment_token}. */
final class EnrolmentTokenTable implements EnrolmentTokens {

  private final Database database;

  EnrolmentTokenTable(Database database) {
    this.database = database;
  }

  static void create(Handle handle, Change.CreateEnrolmentToken create) {
    EnrolmentToken token = create.token();
    int created =
        handle
            .createUpdate(
                """
                INSERT INTO enrolment_token (number, hash, environment, creator, creator_name,
                  created_at, expires_at, uses, used)
                VALUES (:number, :hash, :environment, :creator, :name, :created, :expires, :uses, 0)
                ON CONFLICT (number) DO NOTHING\
                """)
            .bind("number", token.number())
            .bind("hash", token.hash())
            .bind("environment", token.environment())
            .bind("creator", token.creator())
            .bind("name", token.creatorName().replace('\0', '\u2400'))
            .bind("created", token.created().toEpochMilli())
            .bind("expires", token.expires().toEpochMilli())
            .bind("uses", token.uses())
            .execute();
    if (created == 0) {
      throw new StoreConflict("the number of the token was taken meanwhile");
    }
  }

  static void revoke(Handle handle, Change.RevokeEnrolmentToken revoke) {
    int revoked =
        handle.execute(
            "UPDATE enrolment_token SET revoked_at = ? WHERE number = ? AND revoked_at IS NULL",
            revoke.at().toEpochMilli(),
            revoke.number());
    if (revoked == 0) {
      throw new StoreConflict("the token is already revoked");
    }
  }

  static void use(Handle handle, Change.UseEnrolmentToken use) {
    int used =
        handle
            .createUpdate(
                """
                UPDATE enrolment_token SET used = used + 1
                WHERE number = :number AND environment = :environment AND used < uses
                  AND revoked_at IS NULL AND expires_at > :now\
                """)
            .bind("number", use.number())
            .bind("environment", use.environment())
            .bind("now", use.at().toEpochMilli())
            .execute();
    if (used == 0) {
      throw new StoreConflict("the token lets nobody in any more");
    }
  }

  @Override
  public long nextNumber() {
    return database.read(handle ->
        handle
            .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM enrolment_token")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<EnrolmentToken> valid(Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM enrolment_token
                WHERE expires_at > :now AND revoked_at IS NULL AND used < uses
                ORDER BY number DESC LIMIT :limit\
                """)
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map((row, context) -> token(row))
            .list());
  }

  @Override
  public Optional<EnrolmentToken> byNumber(long number) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM enrolment_token WHERE number = :number")
            .bind("number", number)
            .map((row, context) -> token(row))
            .findOne());
  }

  @Override
  public Optional<EnrolmentToken> byHash(String hash) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM enrolment_token WHERE hash = :hash")
            .bind("hash", hash)
            .map((row, context) -> token(row))
            .findOne());
  }

  private static EnrolmentToken token(ResultSet row) throws SQLException {
    return new EnrolmentToken(
        row.getLong("number"),
        row.getString("hash"),
        row.getString("environment"),
        row.getString("creator"),
        row.getString("creator_name"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getInt("uses"),
        row.getInt("used"),
        JobTable.time(row, "revoked_at"));
  }
}
