package dev.bandmaster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.model.Data;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNamesTest {

  /** The rows of a format by name, as a release has written them. */
  private static Map<String, String> golden(int format) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            StoredNamesTest.class.getResourceAsStream("/stored/format-" + format + ".txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .collect(
              Collectors.toMap(
                  row -> row[0], row -> row[1], (one, other) -> one, LinkedHashMap::new));
    }
  }

  @SuppressWarnings("unchecked")
  private static String written(StoredSamples.Sample sample) {
    return sample.type().isSealed()
        ? SealedJson.write((Class<Object>) sample.type(), sample.value())
        : SealedJson.write(sample.value());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, StoredNames.FORMAT})
  void storedNames_rowsOfEveryReleasedFormatAreReadAsTheyWereWritten(int format)
      throws IOException {
    Map<String, String> golden = golden(format);
    Map<String, StoredSamples.Sample> samples = StoredSamples.of(format);
    assertThat(golden.keySet())
        .as("what is new has to have a golden row")
        .isEqualTo(samples.keySet());
    samples.forEach((name, sample) ->
        assertThat(SealedJson.read(sample.type(), Objects.requireNonNull(golden.get(name))))
            .as(name)
            .usingRecursiveComparison()
            .isEqualTo(sample.value()));
  }

  @Test
  void storedNames_rowsAreWrittenAsTheGoldenOnesAre() throws IOException {
    Map<String, String> written = new LinkedHashMap<>();
    StoredSamples.all().forEach((name, sample) -> written.put(name, written(sample)));
    assertThat(written).isEqualTo(golden(StoredNames.FORMAT));
  }

  @Test
  void storedNames_whatRowsOfAnEarlierReleaseLackIsEmpty() throws IOException {
    for (String name : List.of("job", "job/broadcast")) {
      String row = Objects.requireNonNull(golden(StoredNames.FORMAT).get(name));
      String earlier = row.replace(",\"leftOut\":[]", "").replace(",\"backend\":\"bus\"", "");
      assertThat(earlier).doesNotContain("leftOut", "backend");
      assertThat(SealedJson.read(JobTable.Facts.class, earlier))
          .isEqualTo(StoredSamples.value(name));
    }
    // Nothing else may be missing.
    String row = Objects.requireNonNull(golden(StoredNames.FORMAT).get("job"));
    assertThatThrownBy(() ->
            SealedJson.read(
                JobTable.Facts.class, row.replaceFirst(",\"differences\":\\[[^]]*][^]]*]", "")))
        .isInstanceOf(UnreadableRow.class);
  }

  @Test
  void storedNames_theFirstFormatIsWrittenAsItWasForComparing() throws IOException {
    assertThat(SealedJson.writeFirst(StoredSamples.value("node/standing")))
        .isEqualTo(golden(1).get("node/standing"));
  }

  @Test
  void storedNames_everyTypeThatIsStoredHasExplicitNamesAndNoOther() {
    Set<Class<?>> stored = new HashSet<>();
    StoredSamples.all().values().forEach(sample -> types(sample.type(), stored));
    assertThat(stored.stream().filter(Class::isRecord).collect(Collectors.toSet()))
        .isEqualTo(StoredNames.records());
    assertThat(stored.stream().filter(Class::isEnum).collect(Collectors.toSet()))
        .isEqualTo(StoredNames.enums());
    for (Class<?> type : stored) {
      if (type.isRecord()) {
        assertThat(StoredNames.of(type).kind(StoredNames.FORMAT).isEmpty())
            .as("a kind for each record of a sealed type, here %s", type)
            .isEqualTo(!isOfSealedType(type));
      }
      if (type.isSealed()) {
        assertThat(permitted(type).map(each -> StoredNames.of(each).kind(StoredNames.FORMAT)))
            .as("the kinds of %s", type)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void storedNames_theGoldenRowsHoldEveryRecordAndEveryConstant() {
    Set<Object> seen = new HashSet<>();
    StoredSamples.all().values().forEach(sample -> values(sample.value(), seen));
    Set<Object> expected = new HashSet<>(StoredNames.records());
    StoredNames.enums().forEach(type -> expected.addAll(Set.of(type.getEnumConstants())));
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void storedNames_aRowOfANewerFormatOrOfNoFormatAtAllIsRefused() {
    for (String row :
        new String[] {
          "{\"format\":3,\"kind\":\"home\"}",
          "{\"format\":99999999999,\"kind\":\"home\"}",
          "{\"format\":2,\"kind\":\"hologram\"}",
          "{\"format\":2,\"kind\":\"heartbeat\"}",
          "{\"is\":\"Hologram\"}",
          "{\"is\":\"Pulse\"}",
          "{\"format\":2,\"kind\":\"heartbeat\",\"sentAt\":1} and more",
          "{\"format\":2,\"kind\":\"heart",
          "{}",
          "null",
          "[]",
          ""
        }) {
      assertThatThrownBy(() -> SealedJson.read(Outbound.class, row))
          .as(row)
          .isInstanceOf(UnreadableRow.class);
    }
    assertThatThrownBy(() -> StoredNames.constant(JobStatus.class, "ASLEEP"))
        .isInstanceOf(UnreadableRow.class);
  }

  @Test
  void storedNames_whatNodesSentIsKeptAsItIs() {
    Data data = SealedJson.readForeign("{\"format\":99,\"is\":\"mine\",\"kind\":\"too\"}");
    assertThat(SealedJson.readForeign(SealedJson.writeForeign(data))).isEqualTo(data);
  }

  /** The records of a sealed type, and of the sealed types within it. */
  private static Stream<Class<?>> permitted(Class<?> type) {
    return Stream.<Class<?>>of(type.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? permitted(each) : Stream.of(each));
  }

  private static boolean isOfSealedType(Class<?> type) {
    for (Class<?> each : type.getInterfaces()) {
      if (each.isSealed()) {
        return true;
      }
    }
    return false;
  }

  /** All of our types that a value of a type may hold. */
  private static void types(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        types(argument, found);
      }
    } else if (type instanceof Class<?> one && one.isArray()) {
      types(one.getComponentType(), found);
    } else if (type instanceof Class<?> one
        && one.getName().startsWith("dev.bandmaster.")
        && one != Data.class
        && one != Data.Fields.class
        && found.add(one)) {
      if (one.isRecord()) {
        for (RecordComponent component : one.getRecordComponents()) {
          types(component.getGenericType(), found);
        }
      } else if (one.isSealed()) {
        for (Class<?> permitted : one.getPermittedSubclasses()) {
          types(permitted, found);
        }
      } else {
        assertThat(one.isEnum()).as("only records, enums and sealed types: %s", one).isTrue();
      }
    }
  }

  /** The types of all records, and all constants, in a value. */
  private static void values(Object value, Set<Object> seen) {
    switch (value) {
      case Data _ -> {}
      case Record record -> {
        seen.add(record.getClass());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          try {
            component.getAccessor().setAccessible(true);
            values(component.getAccessor().invoke(record), seen);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      case Enum<?> constant -> seen.add(constant);
      case Optional<?> optional -> optional.ifPresent(each -> values(each, seen));
      case Iterable<?> many -> many.forEach(each -> values(each, seen));
      case Map<?, ?> map -> map.values().forEach(each -> values(each, seen));
      case Object array when array.getClass().isArray() ->
          IntStream.range(0, Array.getLength(array))
              .forEach(i -> values(Array.get(array, i), seen));
      default -> {}
    }
  }
}
