package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetReportTest {
  @ParameterizedTest
  @CsvSource({
    "b2, 5, '', 0, true",
    "b2, 5, b2, 4, true",
    "b2, 5, b2, 5, false",
    "b2, 5, b2, 6, false",
    "b2, 1, b1, 9, true",
    "b1, 9, b2, 1, false"
  })
  void aLaterBootIsNewerWhateverTheNumber(
      String boot, long sequence, String otherBoot, long otherSequence, boolean newer) {
    assertThat(reply(boot, sequence).isNewerThan(otherBoot, otherSequence)).isEqualTo(newer);
  }

  @Test
  void bootsCompareAsTheirStarts() {
    var random = new SplittableRandom(7);
    long[] starts = {0, 9, 10, 255, 256, 1_772_366_400_000L, 1_772_366_400_001L, Long.MAX_VALUE};
    for (int i = 1; i < starts.length; i++) {
      String older = Boots.id(starts[i - 1], random);
      String newer = Boots.id(starts[i], random);
      assertThat(reply(newer, 1).isNewerThan(older, 1_000)).isTrue();
      assertThat(reply(older, 1_000).isOfAnOlderBootThan(newer)).isTrue();
    }
    assertThat(Boots.id(5, random)).isNotEqualTo(Boots.id(5, random));
  }

  @Test
  void aDuplicateCarriesTheEndThatTheRequestHad() {
    var failed =
        new ReportBody.Final(
            FinalCode.FAILED, "exit 3", 3, Data.Fields.EMPTY.with("version", "1.4.2"));
    assertThat(ReportBody.Final.duplicateOf(failed).code()).isEqualTo(FinalCode.DUPLICATE);
    assertThat(ReportBody.Final.duplicateOf(failed).stored()).contains(failed);
    var plain = new ReportBody.Final(FinalCode.OK, "", null, Data.none());
    assertThat(ReportBody.Final.duplicateOf(plain).stored()).contains(plain);
    assertThat(failed.stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "3",
        "{}",
        "{\"code\":\"OK\"}",
        "{\"code\":\"FINE\",\"message\":\"\",\"data\":null}",
        "{\"code\":\"DUPLICATE\",\"message\":\"\",\"data\":null}",
        "{\"code\":\"OK\",\"message\":\"\",\"exit\":99999999999,\"data\":null}"
      })
  void aDuplicateWithoutAnEndHasNone(String data) throws Exception {
    JsonNode json = WireJson.parse(data);
    assertThat(new ReportBody.Final(FinalCode.DUPLICATE, "", null, DataJson.read(json)).stored())
        .isEmpty();
  }

  @Test
  void acceptedSaysHowOftenToExpectASign() throws Exception {
    var often = new ReportBody.Accepted(Duration.ofMillis(250));
    assertThat(ReplyJson.reply(ReplyJson.of(reply(often))).body()).isEqualTo(often);
    var silent = ReplyJson.of(reply(often));
    silent.remove("heartbeat");
    assertThat(ReplyJson.reply(silent).body())
        .isEqualTo(new ReportBody.Accepted(Duration.ofSeconds(30)));
    assertThatThrownBy(() -> new ReportBody.Accepted(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TargetReport reply(String boot, long sequence) {
    return new TargetReport("r1", "web1", boot, sequence, Samples.NOW, new ReportBody.Heartbeat());
  }

  private static TargetReport reply(ReportBody body) {
    return new TargetReport("r1", "web1", "b1", 1, Samples.NOW, body);
  }
}
