package dev.bandmaster.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyMainTest {
  private static final String SHIPPED = "../config/policy.yaml";

  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    return PolicyMain.commandLine(Fixtures.IDS, config -> Vocabulary.OPEN)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }

  @Test
  void checkSaysThatAFileIsGood() {
    assertThat(run("check", SHIPPED)).isZero();
    assertThat(out.toString()).startsWith("policy.yaml is valid: 13 rules, 23 tests passed, hash ");
  }

  @Test
  void checkSaysEverythingThatIsWrong(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("p.yaml"), "ruls: []\n");
    assertThat(run("check", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("p.yaml:1: unknown key 'ruls' in the file; did you mean 'rules'?");
    assertThat(run("check", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("none.yaml:1: the file cannot be read");
  }

  @Test
  void testShowsEachTest() {
    assertThat(run("test", SHIPPED)).isZero();
    assertThat(out.toString())
        .contains("U0ANN asking codeupdate on prod (web) ends in deny")
        .contains("23 tests, 0 failed");
  }

  @Test
  void aclC7_explainGoesThroughTheRules() {
    var code =
        run(
            "explain",
            SHIPPED,
            "--as",
            "U0ANN",
            "--groups",
            "S0DEVELOPERS",
            "--do",
            "codeupdate",
            "--env",
            "prod",
            "--app",
            "web");
    assertThat(code).isZero();
    assertThat(out.toString())
        .startsWith("denied: You may not run codeupdate on prod (web) here")
        .contains("allow 'developers-deploy' (policy.yaml:")
        .contains("does not apply: it covers staging");
  }

  @Test
  void diffShowsWhatEndsDifferently(@TempDir Path folder) throws IOException {
    var before =
        Files.writeString(
            folder.resolve("a.yaml"),
            Fixtures.text("id: a, effect: allow", "id: b, effect: allow, apps: [x]")
                + "tests:\n  - {as: U0ANN, in: dm, do: ping, expect: allow}\n");
    var after =
        Files.writeString(
            folder.resolve("b.yaml"),
            Fixtures.text("id: c, effect: allow, apps: [x]", "id: a, effect: allow, envs: [prod]"));
    assertThat(run("diff", before.toString(), after.toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "+ rule 'c' added",
            "~ rule 'a' changed",
            "- rule 'b' removed",
            "! U0ANN asking ping in dm: allow became deny");
  }
}
