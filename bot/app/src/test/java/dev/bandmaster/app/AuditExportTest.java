package dev.bandmaster.app;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditExportTest {
  @RegisterExtension private final TestStore store = new TestStore();

  private void note(Instant at, String raw) {
    store.commit(
        new Change.AppendAudit(
            new AuditEntry(
                at,
                "slack:T1:U1",
                "C1",
                raw,
                "ping",
                "prod",
                "",
                "7",
                "allowed",
                "job 7",
                "a,b",
                "f00")));
  }

  private String export(Instant since, Instant until, AuditExport.Format format)
      throws IOException {
    StringWriter out = new StringWriter();
    AuditExport.write(store.audit(), since, until, entry -> true, format, out);
    return out.toString();
  }

  @Test
  void aRowIsALineOfJson() throws IOException {
    note(NOON, "ping \"web1\"\n");
    assertThat(export(Instant.MIN, Instant.MAX, AuditExport.Format.jsonl))
        .startsWith(
            "{\"number\":1,\"at\":\"%s\",\"principal\":\"slack:T1:U1\",\"channel\":\"C1\","
                .formatted(NOON))
        .contains("\"raw\":\"ping \\\"web1\\\"\\n\"", "\"hash\":\"" + store.audit().head().hash())
        .endsWith("}\n")
        .hasLineCount(1);
  }

  @Test
  void trap20_nobodysWordsBecomeAFormulaOrAColumnOfTheirOwn() throws IOException {
    note(NOON, "=HYPERLINK(\"x\"),y");
    assertThat(export(Instant.MIN, Instant.MAX, AuditExport.Format.csv))
        .startsWith("number,at,principal,channel,raw,")
        .contains("\"'=HYPERLINK(\"\"x\"\"),y\"")
        .contains("\"a,b\"");
  }

  @Test
  void onlyTheTimesThatAreAskedForAreWritten() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      note(NOON.plusSeconds(i), "ping");
    }
    String lines =
        export(
            NOON.plusSeconds(490), NOON.plus(Duration.ofSeconds(1_010)), AuditExport.Format.jsonl);
    assertThat(lines)
        .hasLineCount(520)
        .startsWith("{\"number\":491,")
        .contains("{\"number\":1010,");
  }
}
