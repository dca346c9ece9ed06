package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTest {

  private static Data.Decimal number(String value) {
    return new Data.Decimal(new BigDecimal(value));
  }

  @Test
  void data_objectsWithTheSameFieldsAreEqualWhateverTheirOrder() {
    Data.Fields one = Data.Fields.EMPTY.with("a", 1).with("b", "x");
    Data.Fields other = Data.Fields.EMPTY.with("b", "x").with("a", 1);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.values().keySet()).containsExactly("a", "b");
    assertThat(other.values().keySet()).containsExactly("b", "a");
    assertThat(one).isNotEqualTo(one.with("c", true));
    assertThat(one).isNotEqualTo(one.with("a", 2));
  }

  @Test
  void data_theOrderOfAListMeansSomething() {
    assertThat(Data.of(List.of("a", "b"))).isNotEqualTo(Data.of(List.of("b", "a")));
  }

  @Test
  void data_valuesOfDifferentKindsAreDifferent() {
    assertThat(Data.of("1")).isNotEqualTo(Data.of(1));
    assertThat(Data.of("true")).isNotEqualTo(new Data.Flag(true));
    assertThat(Data.of("")).isNotEqualTo(Data.none());
    assertThat(Data.Fields.EMPTY).isNotEqualTo(new Data.Items(List.of()));
    assertThat(Data.Fields.EMPTY.with("a", Data.none())).isNotEqualTo(Data.Fields.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "0, 0.000",
    "0, -0.0",
    "0, 0E+10",
    "1000, 1E+3",
    "0.25, 25E-2",
    "-7.5, -7.50"
  })
  void data_numbersOfTheSameValueAreEqual(String one, String other) {
    assertThat(number(one)).isEqualTo(number(other)).hasSameHashCodeAs(number(other));
    assertThat(number(other).value()).hasToString(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+400", "1E-401", "-1E+400", "1E+2147483647", "1E-2147483647"})
  void data_aNumberOfTooManyDigitsIsRefused(String value) {
    assertThatThrownBy(() -> number(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void data_aNumberMayHaveAsManyDigitsAsIsSaid() {
    String digits = "9".repeat(Data.Decimal.MOST_DIGITS);
    assertThat(number(digits + "." + digits).value()).hasToString(digits + "." + digits);
    assertThatThrownBy(() -> number("9" + digits)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> number("0." + digits + "9"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(number("1E+399").value().toPlainString()).hasSize(Data.Decimal.MOST_DIGITS);
  }

  @Test
  void data_aFieldThatIsNotThereIsNothing() {
    Data data = Data.Fields.EMPTY.with("a", Data.Fields.EMPTY.with("b", "x"));
    assertThat(data.get("a").get("b").text()).contains("x");
    assertThat(data.get("c").isNone()).isTrue();
    assertThat(data.get("a").get("c").get("d").isNone()).isTrue();
    for (Data other :
        List.of(
            Data.none(), Data.of("a"), Data.of(1), new Data.Flag(true), Data.of(List.of("a")))) {
      assertThat(other.get("a")).as("%s", other).isEqualTo(Data.none());
      assertThat(other.fields()).as("%s", other).isEmpty();
    }
  }

  @Test
  void data_aValueIsOfOneKindOnly() {
    assertThat(Data.of("5").text()).contains("5");
    assertThat(Data.of("5").number()).isEmpty();
    assertThat(Data.of(5).number()).contains(new BigDecimal(5));
    assertThat(Data.of(5).text()).isEmpty();
    assertThat(Data.of(5).items()).isEmpty();
    assertThat(Data.of(List.of("a", "b")).items()).containsExactly(Data.of("a"), Data.of("b"));
    assertThat(new Data.Flag(false).isNone()).isFalse();
  }

  @Test
  void data_fieldsAreSortedInAllDepths() {
    Data inner = Data.Fields.EMPTY.with("z", 1).with("B", 2).with("a", 3);
    Data sorted =
        Data.Fields.EMPTY
            .with("z", inner)
            .with("a", new Data.Items(List.of(inner, Data.of("x"))))
            .sorted();
    assertThat(sorted.fields().keySet()).containsExactly("a", "z");
    assertThat(sorted.get("z").fields().keySet()).containsExactly("B", "a", "z");
    assertThat(sorted.get("a").items().getFirst().fields().keySet()).containsExactly("B", "a", "z");
    assertThat(sorted.get("a").items().getLast()).isEqualTo(Data.of("x"));
    assertThat(sorted.get("z")).isEqualTo(inner);
  }

  @Test
  void data_anObjectWithMoreFieldsLeavesTheFirstAlone() {
    Data.Fields one = Data.Fields.EMPTY.with("a", 1).with("b", 2);
    Data.Fields both = one.with(Data.Fields.EMPTY.with("b", 3).with("c", 4));
    assertThat(both).isEqualTo(Data.Fields.EMPTY.with("a", 1).with("b", 3).with("c", 4));
    assertThat(one).isEqualTo(Data.Fields.EMPTY.with("a", 1).with("b", 2));
    assertThat(Data.Fields.EMPTY.values()).isEmpty();
  }

  @Test
  void data_nothingChangesFromOutside() {
    Map<String, Data> values = new HashMap<>(Map.of("a", Data.of(1)));
    List<Data> list = new ArrayList<>(List.of(Data.of(1)));
    Data.Fields fields = new Data.Fields(values);
    Data.Items items = new Data.Items(list);
    values.put("b", Data.none());
    list.clear();
    assertThat(fields.values()).containsOnlyKeys("a");
    assertThat(items.values()).hasSize(1);
    assertThatThrownBy(() -> fields.values().put("b", Data.none()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> items.values().add(Data.none()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void data_textsByNameBecomeAnObjectInTheirOrder() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("z", "1");
    texts.put("a", "2");
    Data.Fields fields = Data.of(texts);
    assertThat(fields.values().keySet()).containsExactly("z", "a");
    assertThat(fields).isEqualTo(Data.Fields.EMPTY.with("a", "2").with("z", "1"));
  }
}
