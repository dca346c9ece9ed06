package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.SectionReader;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends of runners with Ansible in the configuration: the bot's and the agent's. */
class RunnerConfigTest {
  private static final String BOT =
      """
      kind: ansible
      runners: tag=runner and capability=ansible
      modules: [ping, ansible.builtin.service]
      roles: [base, web]
      """;

  private static final String AGENT =
      """
      programs: {ansible: /opt/ansible/bin/ansible, playbook: /opt/ansible/bin/ansible-playbook}
      settings: ansible.cfg
      roles_path: [/srv/ansible/roles]
      forks: 20
      timeout: 30m
      environments:
        staging:
          inventory: inventories/staging
          update_code: update-code.yml
          modules: [ping]
          roles: [base, web]
          user: deploy
          become: true
          private_key_file: keys/staging
          vault_password_file: vault/staging
          known_hosts_file: known_hosts
          check_only: true
      """;

  @TempDir private Path folder;

  private <T> T read(SectionReader<T> reader, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("some.yaml"), text);
    return new StrictYaml(Limits.STANDARD, Environment.of(Map.of())).load(file, reader).value();
  }

  @Test
  void runnerY2_anEnvironmentNamesItsRunners() throws IOException {
    RunnerConfig config = (RunnerConfig) read(BackendConfig::read, BOT);
    assertThat(config.runners()).isEqualTo("tag=runner and capability=ansible");
    assertThat(config.modules()).containsExactly("ping", "ansible.builtin.service");
    assertThat(config.roles()).containsExactly("base", "web");

    RunnerConfig least = (RunnerConfig) read(BackendConfig::read, "kind: ansible");
    assertThat(least.runners()).isEqualTo("capability=ansible");
    assertThat(least.modules()).isEmpty();
    assertThat(least.roles()).isEmpty();
  }

  @Test
  void runnerY2_aRunnerSaysWhatItMayDoWhere() throws IOException {
    AnsibleConfig config = read(AnsibleConfig::read, AGENT);
    assertThat(config.playbook()).isEqualTo("/opt/ansible/bin/ansible-playbook");
    assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(30));
    AnsibleConfig.Place staging = Objects.requireNonNull(config.environments().get("staging"));
    assertThat(staging.inventory()).isEqualTo(folder.resolve("inventories/staging"));
    assertThat(staging.vaultPassword()).contains(folder.resolve("vault/staging"));
    assertThat(staging.checkOnly()).isTrue();

    AnsibleConfig least =
        read(AnsibleConfig::read, "environments: {staging: {inventory: /etc/ansible/hosts}}");
    assertThat(least.adhoc()).isEqualTo("ansible");
    assertThat(least.timeout()).isEqualTo(Duration.ofSeconds(2_000));
    AnsibleConfig.Place place = Objects.requireNonNull(least.environments().get("staging"));
    assertThat(place.modules()).isEmpty();
    assertThat(place.checkOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runners: tag=runner | runners: (tag=runner | filter of nodes",
        "kind: ansible | url: http://x | kind",
        "runners: | url: | url",
        "[ping, ansible.builtin.service] | [ansible.builtin.shell] | hand text of people to a shell",
        "[base, web] | [../base] | name"
      })
  void runnerY2_whatIsWrongAtTheBotIsRefused(String good, String bad, String sentence) {
    assertThatThrownBy(() -> read(BackendConfig::read, BOT.replace(good, bad)))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inventory: inventories/staging | forks: 2 | inventory",
        "modules: [ping] | modules: [script] | hand text of people to a shell",
        "roles: [base, web] | roles: [base, '-rf'] | name",
        "known_hosts_file: known_hosts | known_hosts_file: 'a b' | blanks",
        "user: deploy | user: 'a b' | user",
        "forks: 20 | forks: 0 | forks",
        "check_only: true | chek_only: true | check_only",
        "ansible: /opt/ansible/bin/ansible | ansible: -c | must be a path"
      })
  void runnerY2_whatIsWrongAtTheRunnerIsRefused(String good, String bad, String sentence) {
    assertThat(AGENT).contains(good);
    assertThatThrownBy(() -> read(AnsibleConfig::read, AGENT.replace(good, bad)))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining(sentence);
  }
}
