package dev.bandmaster.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {
  private enum Mood {
    CALM,
    VERY_CALM
  }

  private record Inner(Duration pause, int port) {
    static Inner read(Section section) {
      return new Inner(
          section
              .duration("pause", Duration.ofMillis(1), Duration.ofHours(1), "How long to pause.")
              .required(),
          section.integer("port", 0, 65535, "Where to listen.").orDefault(80));
    }
  }

  private record Sample(
      String name,
      Optional<Inner> inner,
      List<String> channels,
      Map<String, Inner> named,
      Mood mood,
      Optional<Secret> token) {
    static Sample read(Section section) {
      return new Sample(
          section.text("name", "Its name.").required(),
          section.section("inner", Inner::read, "What is inside.").optional(),
          section.list("channels", Kinds.text(), "Where to speak.").orDefault(List.of()),
          section.map("named", Kinds.section(Inner::read), "By name.").orDefault(Map.of()),
          section.field("mood", Kinds.choice(Mood.class), "How it feels.").orDefault(Mood.CALM),
          section.secret("token", "What opens the door.").optional());
    }
  }

  private final StrictYaml yaml =
      new StrictYaml(
          Limits.STANDARD, Environment.of(Map.of("NAME", "from outside", "TOKEN", "s3cret")));

  private Sample read(String text) {
    return yaml.parse("sample.yaml", Path.of("/etc"), text, Sample::read).value();
  }

  private List<String> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (BadConfigException refused) {
      return refused.problems().stream().map(Problem::toString).toList();
    }
  }

  @Test
  void readsEveryKind() {
    var sample =
        read(
            """
            name: 1.10
            inner: {pause: 90s, port: 8080}
            channels: [a, 'b']
            named: {x: {pause: 5m}}
            mood: very-calm
            token_env: TOKEN
            """);
    assertThat(sample.name()).isEqualTo("1.10");
    assertThat(sample.inner()).contains(new Inner(Duration.ofSeconds(90), 8080));
    assertThat(sample.channels()).containsExactly("a", "b");
    assertThat(sample.named()).containsEntry("x", new Inner(Duration.ofMinutes(5), 80));
    assertThat(sample.mood()).isEqualTo(Mood.VERY_CALM);
    assertThat(sample.token().map(Secret::reveal)).contains("s3cret");
    assertThat(sample.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          name: a\\nchanels: [x]           | sample.yaml:2: unknown key 'chanels' in the file; did you mean 'channels'?
          name: a\\ninner: {pause: 1s, prt: 1} | sample.yaml:2: unknown key 'prt' in 'inner'; did you mean 'port'?
          name: a\\nzebra: 1               | sample.yaml:2: unknown key 'zebra' in the file
          channels: [x]                   | sample.yaml:1: the file is missing the key 'name': a string
          name:                           | sample.yaml:1: 'name' must be a string, not nothing
          name: [a]                       | sample.yaml:1: 'name' must be a string, not a list
          name: a\\nname: b                | sample.yaml:2: duplicate key 'name'
          name: a\\nchannels: []           | sample.yaml:2: 'channels' is an empty list; add at least one item or remove the key
          name: a\\nnamed: {}              | sample.yaml:2: 'named' is an empty section; add at least one entry or remove the key
          name: a\\nchannels: x            | sample.yaml:2: 'channels' must be a list, each item a string, not 'x'
          name: a\\nchannels: [x, {y: z}]  | sample.yaml:2: 'channels[1]' must be a string, not a section
          name: a\\ninner: {pause: soon}    | sample.yaml:2: 'inner.pause' must be a duration from 1ms to 1h, not 'soon'
          name: a\\ninner: {pause: 2h}      | sample.yaml:2: 'inner.pause' must be a duration from 1ms to 1h, not '2h'
          name: a\\ninner: {pause: 1s, port: 70000} | sample.yaml:2: 'inner.port' must be a whole number from 0 to 65535, not '70000'
          name: a\\ninner: {pause: 1s, port: '80'}  | sample.yaml:2: 'inner.port' must be a whole number from 0 to 65535, not '80'
          name: a\\nmood: wild             | sample.yaml:2: 'mood' must be one of calm, very-calm, not 'wild'
          name: a\\ntoken: x\\ntoken_env: y | sample.yaml:3: 'token_env' and 'token' both set the same secret; keep one of them
          name: a\\ntoken_env: NOBODY      | sample.yaml:2: 'token_env' names the environment variable NOBODY, which is not set
          name: a\\ntoken_file: nowhere    | sample.yaml:2: 'token_file' names /etc/nowhere, which is not readable
          name: !!str a                   | sample.yaml:1: the tag 'tag:yaml.org,2002:str' is not supported; remove it
          name: *ghost                    | sample.yaml:1: the alias '*ghost' is not defined above this line
          name: ${LOST}                   | sample.yaml:1: 'name' needs the environment variable LOST, which is not set; set it, or write ${LOST:-default}
          name: ${oops}                   | sample.yaml:1: 'name' contains a '${' that is not '${NAME}' or '${NAME:-default}'; write '$${' for a literal '${'
          name: a\\n---\\nname: b           | sample.yaml:2: a second document starts here; a file contains only one
          """)
  void everyMistakeHasItsSentence(String text, String sentence) {
    assertThat(problems(text.replace("\\n", "\n"))).containsExactly(sentence);
  }

  @Test
  void everyMistakeIsReportedAtOnceInFileOrder() {
    assertThat(problems("nam: a\ninner: {pause: x}\nmood: y\n"))
        .containsExactly(
            "sample.yaml:1: the file is missing the key 'name': a string",
            "sample.yaml:1: unknown key 'nam' in the file; did you mean 'name'?",
            "sample.yaml:2: 'inner.pause' must be a duration from 1ms to 1h, not 'x'",
            "sample.yaml:3: 'mood' must be one of calm, very-calm, not 'y'");
  }

  @Test
  void emptyAndBrokenTextsAreRefusedWithALine() {
    assertThat(problems("")).containsExactly("sample.yaml:1: the file is empty");
    assertThat(problems("- a\n"))
        .containsExactly(
            "sample.yaml:1: the file must contain keys with values, such as 'name: value'");
    assertThat(problems("name: a\n  b: [c\n"))
        .singleElement()
        .asString()
        .startsWith("sample.yaml:2: invalid YAML: ");
    assertThat(problems("name: \u0007\n")).singleElement().asString().contains("invalid YAML");
  }

  @ParameterizedTest
  @CsvSource({
    "'${NAME}',from outside",
    "'a ${NAME} b',a from outside b",
    "'${LOST:-here}',here",
    "'${LOST:-}x',x",
    "'$${NAME}','${NAME}'",
    "'{app}-{version} $5','{app}-{version} $5'"
  })
  void variablesAreFilledIn(String written, String read) {
    assertThat(read("name: \"" + written + "\"\n").name()).isEqualTo(read);
  }

  @Test
  void whatAVariableHoldsIsTextAndNeverYaml() {
    var hostile =
        new StrictYaml(Limits.STANDARD, Environment.of(Map.of("NAME", "x\nmood: wild ${TOKEN}")));
    var sample = hostile.parse("s", Path.of("/"), "name: ${NAME}", Sample::read).value();
    assertThat(sample.name()).isEqualTo("x\nmood: wild ${TOKEN}");
    assertThat(sample.mood()).isEqualTo(Mood.CALM);
  }

  @Test
  void depthSizeAndAliasesAreBounded() {
    assertThat(problems("name: " + "[".repeat(5_000) + "]".repeat(5_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 20 levels");
    assertThat(problems("name: " + "x".repeat(1 << 20)))
        .singleElement()
        .asString()
        .contains("longer than the maximum of 1048576 characters");
    assertThat(problems("a: &a x\nb: [" + "*a,".repeat(51) + "]"))
        .singleElement()
        .asString()
        .contains("uses more than 50 aliases");
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (var i = 1; i < 7; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(7)));
    }
    assertThat(problems(bomb.toString()))
        .singleElement()
        .asString()
        .contains("contains more than 100000 values after aliases are expanded");
  }

  @Test
  void trustT15_aSecretFileOthersCanReadRefusesToStart(@TempDir Path folder) throws Exception {
    var secret = Files.writeString(folder.resolve("token"), "from file\n");
    var config = Files.writeString(folder.resolve("c.yaml"), "name: a\ntoken_file: token\n");
    for (String rights : List.of("rw-r--r--", "rw-----w-")) {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(rights));
      assertThatThrownBy(() -> yaml.load(config, Sample::read))
          .hasMessage(
              "c.yaml:2: 'token_file' names %1$s, which every user of this machine can read or change; run: chmod 600 %1$s"
                  .formatted(secret));
    }
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    var loaded = yaml.load(config, Sample::read);
    assertThat(loaded.value().token().map(Secret::reveal)).contains("from file");
  }

  private static String renamedSample(Section section) {
    return section.renamed("nome", "name").text("name", "Its name.").required();
  }

  @Test
  void aFormerKeyIsAcceptedWithAWarningAndNeverBesideTheNewOne() throws Exception {
    var loaded = yaml.parse("s.yaml", Path.of("/"), "nome: x", StrictYamlTest::renamedSample);
    assertThat(loaded.value()).isEqualTo("x");
    assertThat(loaded.warnings())
        .extracting(Object::toString)
        .containsExactly(
            "s.yaml:1: 'nome' is now called 'name'; the next release will reject the old name");
    assertThatThrownBy(() ->
            yaml.parse("s.yaml", Path.of("/"), "nome: x\nname: y", StrictYamlTest::renamedSample))
        .hasMessage("s.yaml:1: 'nome' is the former name of 'name'; remove it");
  }

  @Test
  void aMissingOrBinaryFileIsRefused(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> yaml.load(folder.resolve("no.yaml"), Sample::read))
        .isInstanceOf(BadConfigException.class)
        .hasMessageStartingWith("no.yaml:1: file not found");
    var binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> yaml.load(binary, Sample::read))
        .hasMessage("b.yaml:1: the file is not UTF-8 text");
  }

  @Test
  void aReaderDescribesItself() {
    assertThat(Description.of(Sample::read))
        .contains(
            new Description.Entry("", "name", "a string", "required", "Its name."),
            new Description.Entry(
                "inner", "port", "a whole number from 0 to 65535", "80", "Where to listen."),
            new Description.Entry(
                "named.<name>",
                "pause",
                "a duration from 1ms to 1h",
                "required",
                "How long to pause."));
  }
}
