package dev.bandmaster.store;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.ApiToken;
import dev.bandmaster.core.store.ApiTokens;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code api_token}. */
final class ApiTokenTable implements ApiTokens {

  private final Database database;

  ApiTokenTable(Database database) {
    this.database = database;
  }

  static void create(Handle handle, Change.CreateApiToken create) {
    ApiToken token = create.token();
    handle
        .createUpdate(
            """
            INSERT INTO api_token (number, owner, owner_name, label, hash, created_at, expires_at)
            VALUES (:number, :owner, :name, :label, :hash, :created, :expires)\
            """)
        .bind("number", token.number())
        .bind("owner", token.owner().principal())
        .bind("name", token.ownerName().replace('\0', '\u2400'))
        .bind("label", token.label().replace('\0', '\u2400'))
        .bind("hash", token.hash())
        .bind("created", token.created().toEpochMilli())
        .bind("expires", token.expires().toEpochMilli())
        .execute();
  }

  static void revoke(Handle handle, Change.RevokeApiToken revoke) {
    int revoked =
        handle.execute(
            "UPDATE api_token SET revoked_at = ? WHERE number = ? AND revoked_at IS NULL",
            revoke.at().toEpochMilli(),
            revoke.number());
    if (revoked == 0) {
      throw new StoreConflict("the token is already revoked");
    }
  }

  static void used(Handle handle, Change.ApiTokenUsed used) {
    handle
        .createUpdate(
            """
            UPDATE api_token SET used_at = :at
            WHERE number = :number AND (used_at IS NULL OR used_at < :at)\
            """)
        .bind("at", used.at().toEpochMilli())
        .bind("number", used.number())
        .execute();
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE api_token_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public Optional<ApiToken> byHash(String hash) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM api_token WHERE hash = :hash")
            .bind("hash", hash)
            .map((row, context) -> token(row))
            .findOne());
  }

  @Override
  public Optional<ApiToken> byNumber(long number) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM api_token WHERE number = :number")
            .bind("number", number)
            .map((row, context) -> token(row))
            .findOne());
  }

  @Override
  public List<ApiToken> of(String principal, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM api_token
                WHERE revoked_at IS NULL AND (owner = :canonical OR owner IN (
                  SELECT alias FROM principal_alias WHERE principal = :canonical))
                ORDER BY number DESC LIMIT :limit\
                """)
            .bind("canonical", PrincipalTable.canonical(handle, principal))
            .bind("limit", limit)
            .map((row, context) -> token(row))
            .list());
  }

  @Override
  public List<ApiToken> all(int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM api_token WHERE revoked_at IS NULL ORDER BY number DESC LIMIT :limit")
            .bind("limit", limit)
            .map((row, context) -> token(row))
            .list());
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getLong("number"),
        UserRef.ofPrincipal(row.getString("owner")),
        row.getString("owner_name"),
        row.getString("label"),
        row.getString("hash"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        JobTable.time(row, "used_at"),
        JobTable.time(row, "revoked_at"));
  }
}
