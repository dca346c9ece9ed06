package dev.bandmaster.core.store;

import dev.bandmaster.core.store.Audit.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chain that makes a changed audit show. Each row's hash is the SHA-256 of the hash before it
 * and of the row, every value written as its length in bytes, a colon, its UTF-8 and a comma; so no
 * two different rows are written the same way.
 */
public final class AuditChain {

  /** What stands before the first row. */
  public static final String BEGINNING = "0".repeat(64);

  /** Rows in memory at once. */
  private static final int PAGE = 500;

  private AuditChain() {}

  /** The hash of a row, as 64 hexadecimal digits. */
  public static String hash(String previous, long number, AuditEntry entry) {
    MessageDigest digest = sha256();
    List<String> values = new ArrayList<>();
    values.addAll(
        List.of(previous, Long.toString(number), Long.toString(entry.at().toEpochMilli())));
    values.addAll(entry.texts());
    values.addAll(values(entry.more()));
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
      digest.update((byte) ',');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * None where nothing is known, as it is for rows from before there was anything to know; and one
   * more where there was an envelope, which once was not noted.
   */
  private static List<String> values(AuditEntry.More more) {
    return more.equals(AuditEntry.More.NONE)
        ? List.of()
        : Stream.concat(
                Stream.of(
                    more.name(),
                    more.delivery(),
                    more.message(),
                    more.digest(),
                    more.state(),
                    more.groupsAge(),
                    Boolean.toString(more.bypass())),
                more.envelope().stream())
            .toList();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What looking at the whole chain has shown. */
  public sealed interface Verdict {

    /**
     * Every row is as it was written, and none is missing.
     *
     * @param first when the first row was decided, if there is one
     */
    record Whole(long rows, Optional<Instant> first, Optional<Instant> last, String head)
        implements Verdict {}

    /**
     * Somebody has changed the audit.
     *
     * @param number the first row that does not fit
     */
    record Broken(long number, String reason) implements Verdict {}
  }

  /**
   * Walks the chain from its beginning. Rows that are added meanwhile are not looked at.
   *
   * @param expected a hash that was the head at some time, kept elsewhere: the only way to find out
   *     that the end was cut off by somebody who also changed what the store remembers of it
   */
  public static Verdict verify(Audit audit, Optional<String> expected) {
    return verify(audit, expected, Map.of());
  }

  /**
   * The same, and rows that were the head at some time have to be there.
   *
   * @param anchored hashes by the number of their row, kept elsewhere
   */
  public static Verdict verify(Audit audit, Optional<String> expected, Map<Long, String> anchored) {
    Audit.Head head = audit.head();
    long number = 0;
    String previous = BEGINNING;
    Optional<Instant> first = Optional.empty();
    Optional<Instant> last = Optional.empty();
    boolean met = expected.isEmpty() || expected.get().equalsIgnoreCase(BEGINNING);
    while (number < head.number()) {
      List<Row> page = audit.after(number, (int) Math.min(PAGE, head.number() - number));
      if (page.isEmpty()) {
        return new Verdict.Broken(number + 1, "it is missing, as is all that came after it");
      }
      for (Row row : page) {
        Optional<String> fault =
            fault(row, number + 1, previous)
                .or(() -> notAnchored(row, Optional.ofNullable(anchored.get(row.number()))));
        if (fault.isPresent()) {
          return new Verdict.Broken(number + 1, fault.get());
        }
        number = row.number();
        previous = row.hash();
        met = met || expected.get().equalsIgnoreCase(row.hash());
        first = first.or(() -> Optional.of(row.entry().at()));
        last = Optional.of(row.entry().at());
      }
    }
    if (!previous.equals(head.hash())) {
      return new Verdict.Broken(number, "the store remembers another hash of the last row");
    }
    if (head.number() == 0 && !audit.after(0, 1).isEmpty()) {
      return new Verdict.Broken(1, "the store does not remember that there are rows");
    }
    long end = number;
    Optional<Long> cut = anchored.keySet().stream().filter(row -> row > end).max(Long::compare);
    if (cut.isPresent()) {
      return new Verdict.Broken(
          number + 1,
          "it is missing, as is all that came after it: row %d was there when it was anchored"
              .formatted(cut.get()));
    }
    if (!met) {
      return new Verdict.Broken(
          number + 1, "the expected head is in no row: rows are missing at the end, or all differ");
    }
    return new Verdict.Whole(number, first, last, previous);
  }

  private static Optional<String> notAnchored(Row row, Optional<String> hash) {
    return hash.filter(anchor -> !anchor.equals(row.hash()))
        .map(_ -> "it is not the row that was anchored, so the chain was written anew");
  }

  private static Optional<String> fault(Row row, long number, String previous) {
    if (row.number() != number) {
      return Optional.of("it is missing; the next row there is has the number " + row.number());
    }
    if (!row.previous().equals(previous)) {
      return Optional.of("it does not continue the row before it");
    }
    if (!row.hash().equals(hash(previous, number, row.entry()))) {
      return Optional.of("it is not as it was written");
    }
    return Optional.empty();
  }
}
