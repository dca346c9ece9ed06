package dev.bandmaster.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are those that earlier releases have made, whose digests are stored. */
class CanonicalJsonTest {

  @Test
  void digest_everyKindOfValueIsWrittenAsBefore() {
    Data.Fields data =
        Data.Fields.EMPTY
            .with("b", true)
            .with("a", Data.none())
            .with("Z", -3)
            .with("é", new Data.Decimal(new BigDecimal("1.5")))
            .with("l", Long.MIN_VALUE)
            .with(
                "c",
                new Data.Items(
                    List.of(Data.of(2), Data.of("x"), Data.Fields.EMPTY.with("y", 1).with("x", 0))))
            .with("e", Data.Fields.EMPTY)
            .with("d", new Data.Items(List.of()))
            .with("", false)
            .with("a\"b", 0);
    assertThat(CanonicalJson.of(data))
        .isEqualTo(
            """
            {"":false,"Z":-3,"a":null,"a\\"b":0,"b":true,"c":[2,"x",{"x":0,"y":1}],"d":[],"e":{},\
            "l":-9223372036854775808,"é":1.5}\
            """);
  }

  @Test
  void digest_everyCharacterIsWrittenAsBefore() {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < ' '; c++) {
      text.append(c);
    }
    text.append("\"\\/<>&' \u007f\u0080é€\u2028🚀");
    assertThat(CanonicalJson.of(Data.of(text.toString())))
        .isEqualTo(
            "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000B\\f\\r"
                + "\\u000E\\u000F\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
                + "\\u0019\\u001A\\u001B\\u001C\\u001D\\u001E\\u001F"
                + "\\\"\\\\/<>&' \u007f\u0080é€\u2028🚀\"");
  }

  @Test
  void digest_equalDataMakeEqualTexts() {
    Data.Fields one =
        Data.Fields.EMPTY.with("a", new Data.Decimal(new BigDecimal("1.0"))).with("b", 1000);
    Data.Fields other =
        Data.Fields.EMPTY.with("b", new Data.Decimal(new BigDecimal("1E+3"))).with("a", 1);
    assertThat(CanonicalJson.of(one))
        .isEqualTo(CanonicalJson.of(other))
        .isEqualTo("{\"a\":1,\"b\":1000}");
    assertThat(CanonicalJson.of(new Data.Decimal(new BigDecimal("1E-9")))).isEqualTo("0.000000001");
  }
}
