package dev.bandmaster.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandmaster.yaml.BadConfigException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyCheckTest {
  private static final Vocabulary KNOWN =
      new Vocabulary(
          Set.of("codeupdate", "ping", "emergency", "adhoc:disk", "adhoc:command"),
          Map.of("deploy", "codeupdate"),
          Map.of("codeupdate", Set.of("env", "app", "version")),
          Set.of("staging", "prod"),
          Set.of("web", "db"));

  private static String policy(String rule) {
    return """
    rules:
      - {id: r, who: "*", where: "*", %s}
    """
        .formatted(rule);
  }

  private static void load(String text) {
    var _ = PolicyLoader.load("policy.yaml", text, Fixtures.IDS, KNOWN);
  }

  private static String refusal(String text) {
    return String.valueOf(
        catchThrowableOfType(BadConfigException.class, () -> load(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny | [deploy] | '*' | '*' | write 'codeupdate'",
        "deny | [codeupdat] | '*' | '*' | did you mean 'codeupdate'?",
        "allow | [adhoc] | '*' | '*' | write 'adhoc:*'",
        "allow | ['adhoc:dsk'] | '*' | '*' | did you mean 'adhoc:disk'?",
        "deny | ['deplo*'] | '*' | '*' | the action 'deplo*', which does not exist",
        "deny | [ping, reboot] | '*' | '*' | the action 'reboot'",
        "deny | [codeupdate] | [wep] | '*' | did you mean 'web'?",
        "deny | [codeupdate] | '*' | [production, staging] | the environment 'production'",
        "deny | [codeupdate] | '*' | [stagin] | did you mean 'staging'?",
      })
  void trustT7_aRuleThatCanNeverMatchIsRefused(
      String effect, String actions, String apps, String envs, String says) {
    String text =
        policy(
            "effect: %s, actions: %s, apps: %s, envs: %s"
                .formatted(effect, actions, star(apps), star(envs)));
    assertThat(refusal(text)).contains("policy.yaml:2").contains(says);
  }

  private static String star(String scope) {
    return scope.equals("*") ? "\"*\"" : scope;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "actions: [deploy]",
        "apps: [wep]",
        "envs: [stagin]",
        "arguments: {versoin: ['1.*']}",
      })
  void trustT7_soIsAnExceptionThatCanNeverHold(String unless) {
    String text =
        policy(
            "effect: deny, actions: [codeupdate], apps: \"*\", envs: \"*\", unless: {%s}"
                .formatted(unless));
    assertThat(refusal(text)).contains("'unless' of the rule 'r'");
  }

  @Test
  void trustT7_anArgumentThatNoActionHasIsRefused() {
    String text =
        policy(
            "effect: deny, actions: [codeupdate], apps: \"*\", envs: \"*\", arguments: {versoin: ['1.*']}");
    assertThat(refusal(text)).contains("the argument 'versoin'").contains("'version'?");
  }

  @ParameterizedTest
  @CsvSource({
    "'do: deploy', write 'codeupdate'",
    "'do: ping, env: stagin', 'staging'",
    "'do: ping, app: wep', 'web'",
  })
  void trustT7_aTestOfWhatCannotBeAskedProvesNothing(String asked, String says) {
    String text =
        policy("effect: allow, actions: [ping], apps: \"*\", envs: \"*\"")
            + "tests:\n  - {as: U0ANN, in: dm, %s, expect: deny}\n".formatted(asked);
    assertThat(refusal(text)).contains("the test names").contains(says);
  }

  @Test
  void trustT7_aProtectedEnvironmentExists() {
    String text =
        "protected_envs: [prodd]\n"
            + policy("effect: allow, actions: [ping], apps: \"*\", envs: \"*\"")
            + "tests:\n  - {as: U0ANN, in: dm, do: codeupdate, env: prodd, expect: deny}\n";
    assertThat(refusal(text)).contains("'protected_envs' names the environment 'prodd'");
  }

  @Test
  void trustT7_everythingAndPatternsThatMeanSomethingAreTaken() {
    assertThatCode(() ->
            load(
                policy(
                    "effect: deny, actions: ['adhoc:*', emergency, 'code*'], apps: ['w*'], envs: [prod]")))
        .doesNotThrowAnyException();
    assertThatCode(() ->
            PolicyLoader.load(
                "policy.yaml",
                policy("effect: deny, actions: [deploy], apps: [x], envs: [y]"),
                Fixtures.IDS))
        .as("where nothing is known")
        .doesNotThrowAnyException();
  }
}
