package dev.bandmaster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bandmaster.model.Data;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads fractions as they are written, as the bus and the store may. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Data.Decimal number(String value) {
    return new Data.Decimal(new BigDecimal(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-7",
        "9223372036854775808",
        "1.5",
        "\"\"",
        "\"ünïcödé, \\\"quotes\\\" and \\n lines\"",
        "[]",
        "{}",
        "[1,[2,[]],{\"a\":null}]",
        "{\"z\":1,\"a\":{\"c\":[true,\"x\"],\"b\":0.25},\"\":null}"
      })
  void json_whatIsReadIsWrittenAsItWas(String json) {
    assertThat(DataJson.write(DataJson.read(parse(json)))).hasToString(json);
  }

  @Test
  void json_whatIsWrittenIsReadAsItWas() throws JsonProcessingException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Data data = random(random, 4);
      assertThat(DataJson.read(DataJson.write(data))).as("seed %d", seed).isEqualTo(data);
      assertThat(DataJson.read(EXACT.readTree(DataJson.write(data).toString())))
          .as("as a text, seed %d", seed)
          .isEqualTo(data);
    }
  }

  private static Data random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> Data.none();
      case 1 -> new Data.Flag(random.nextBoolean());
      case 2 -> new Data.Decimal(BigDecimal.valueOf(random.nextLong(), random.nextInt(-30, 30)));
      case 3 -> Data.of(text(random));
      case 4 -> {
        var items = new ArrayList<Data>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(random(random, depth - 1));
        }
        yield new Data.Items(items);
      }
      default -> {
        var fields = new LinkedHashMap<String, Data>();
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.put(text(random), random(random, depth - 1));
        }
        yield new Data.Fields(fields);
      }
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, 0x2000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void json_fieldsKeepTheirOrder() {
    Data.Fields fields = DataJson.fields(parse("{\"z\":1,\"a\":2,\"m\":3}"));
    assertThat(fields.values().keySet()).containsExactly("z", "a", "m");
    assertThat(DataJson.write(fields)).hasToString("{\"z\":1,\"a\":2,\"m\":3}");
  }

  @Test
  void json_onlyAnObjectHasFields() {
    for (String json : List.of("[{\"a\":1}]", "\"a\"", "1", "true", "null")) {
      assertThat(DataJson.fields(parse(json))).as(json).isEqualTo(Data.Fields.EMPTY);
    }
    assertThat(DataJson.fields(MissingNode.getInstance())).isEqualTo(Data.Fields.EMPTY);
  }

  @Test
  void json_whatIsMissingIsNothing() {
    assertThat(DataJson.read(MissingNode.getInstance())).isEqualTo(Data.none());
    assertThat(DataJson.read(JsonNodeFactory.instance.nullNode())).isEqualTo(Data.none());
    assertThat(DataJson.write(Data.none()).isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "1.50, 1.5",
    "-0.0, 0",
    "0e10, 0",
    "1e3, 1000",
    "12.5e1, 125",
    "25e-2, 0.25",
    "1000000000000, 1000000000000",
    "123456789012345678901234567890, 123456789012345678901234567890",
  })
  void json_aNumberIsWrittenWithoutExponentAndTrailingZeros(String read, String written) {
    Data data = DataJson.read(parse(read));
    assertThat(data).isEqualTo(number(written));
    assertThat(DataJson.write(data)).hasToString(written);
    assertThat(DataJson.write(data).isIntegralNumber()).isEqualTo(!written.contains("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-7", "-3e-20"})
  void json_aSmallNumberStaysAsItIs(String number) throws JsonProcessingException {
    Data data = DataJson.read(parse(number));
    assertThat(data).isEqualTo(number(number));
    assertThat(DataJson.read(EXACT.readTree(DataJson.write(data).toString()))).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e401",
        "1e-401",
        "[{\"a\":1e999999999}]",
        "1e99999999999999"
      })
  void json_aNumberOfTooManyDigitsIsRefusedBeforeItIsWrittenOut(String json) {
    assertThatThrownBy(() -> DataJson.read(EXACT.readTree(json)))
        .as(json)
        .satisfiesAnyOf(
            error -> assertThat(error).isInstanceOf(IllegalArgumentException.class),
            error -> assertThat(error).isInstanceOf(JsonProcessingException.class));
  }

  @Test
  void json_numbersThatJsonDoesNotKnowAreRefused() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> DataJson.read(JsonNodeFactory.instance.numberNode(value)))
          .as("%s", value)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> DataJson.read(parse("1e999999999")))
        .as("infinite as a double")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void json_theLongestNumbersAreReadAndWritten() throws JsonProcessingException {
    String longest = "9".repeat(Data.Decimal.MOST_DIGITS);
    String most = longest + "." + longest;
    assertThat(DataJson.write(DataJson.read(EXACT.readTree(longest)))).hasToString(longest);
    assertThat(DataJson.read(EXACT.readTree(most))).isEqualTo(number(most));
  }

  @Test
  void json_whatWasReadDoesNotChangeWithItsSource() {
    var json = JsonNodeFactory.instance.objectNode().put("a", 1);
    Data.Fields fields = DataJson.fields(json);
    json.put("a", 2).put("b", 3);
    assertThat(fields).isEqualTo(new Data.Fields(Map.of("a", Data.of(1))));
  }
}
