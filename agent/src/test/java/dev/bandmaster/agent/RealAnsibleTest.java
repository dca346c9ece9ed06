package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner with the distribution's Ansible, on hosts that are this machine. */
@Tag("real")
class RealAnsibleTest {
  @TempDir private Path temporary;

  @BeforeEach
  void write() throws IOException {
    write(
        "inventory/hosts",
        """
        [web]
        here1 ansible_connection=local
        here2 ansible_connection=local
        """);
    write("inventory/group_vars/all/secret.yml", "greeting: hello from the vault\n");
    write("vault-password", "only for this test\n");
    write(
        "roles/base/tasks/main.yml",
        """
        - name: write a page
          ansible.builtin.copy:
            content: "{{ greeting }}\\n"
            dest: "%s/page-{{ inventory_hostname }}"
            mode: "0600"
        """
            .formatted(temporary));
    write(
        "roles/broken/tasks/main.yml",
        """
        - name: fail on one host
          ansible.builtin.command: "false"
          when: inventory_hostname == 'here2'
        """);
    write(
        "update-code.yml",
        """
        - hosts: web
          gather_facts: false
          tasks:
            - name: switch to the release
              ansible.builtin.copy:
                content: "{{ bandmaster_app }} {{ bandmaster_version }}\\n"
                dest: "%s/release-{{ inventory_hostname }}"
                mode: "0600"
              tags: [web]
            - name: not asked for
              ansible.builtin.command: "false"
              tags: [db]
        """
            .formatted(temporary));
  }

  private void write(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private AgentFixture agent() throws IOException {
    return new AgentFixture(
        temporary,
        """
        ansible:
          roles_path: [roles]
          environments:
            qa:
              inventory: inventory
              update_code: update-code.yml
              modules: [ping, command, service]
              roles: [base, broken]
              vault_password_file: vault-password
        """);
  }

  private static ReportBody.Final run(
      AgentFixture agent, String action, String arguments, FinalCode code) {
    return agent.bus().finalOf(agent.ask("ansible", action, arguments.replace('\'', '"')), code);
  }

  private static Data counts(int ok, int changed, int failures, int skipped) {
    return Data.Fields.EMPTY
        .with("ok", ok)
        .with("changed", changed)
        .with("failures", failures)
        .with("unreachable", 0)
        .with("skipped", skipped);
  }

  @Test
  void runnerY2_realAnsibleBringsARole() throws Exception {
    Process encrypt =
        new ProcessBuilder(
                "ansible-vault",
                "encrypt",
                "--vault-password-file=" + temporary.resolve("vault-password"),
                temporary.resolve("inventory/group_vars/all/secret.yml").toString())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("vault.log").toFile())
            .start();
    assertThat(encrypt.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(encrypt.exitValue()).isZero();
    try (AgentFixture agent = agent()) {
      String check = "{'env':'qa','host':'web','roles':['base'],'check':true}".replace('\'', '"');
      String id = agent.ask("ansible", "role", check);
      var _ = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(agent.bus().outputOf(id)).contains("+hello from the vault");
      assertThat(temporary.resolve("page-here1")).doesNotExist();

      id = agent.ask("ansible", "role", "{\"env\":\"qa\",\"host\":\"web\",\"roles\":[\"base\"]}");
      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(temporary.resolve("page-here1")).hasContent("hello from the vault");
      assertThat(temporary.resolve("page-here2")).hasContent("hello from the vault");
      assertThat(end.data().get("hosts").get("here1")).isEqualTo(counts(2, 1, 0, 0));
      assertThat(agent.bus().repliesTo(id))
          .contains(
              new ReportBody.Progress("task", "base : write a page"),
              new ReportBody.Progress("host:here2", "changed base : write a page"));
    }
  }

  @Test
  void runnerY2_realAnsibleFailsOnOneHost() throws Exception {
    try (AgentFixture agent = agent()) {
      ReportBody.Final end =
          run(agent, "role", "{'env':'qa','host':'web','roles':['broken']}", FinalCode.FAILED);
      assertThat(end.message()).isEqualTo("Ansible failed on 1 of 2 hosts.");
      assertThat(end.data().get("hosts").get("here1")).isEqualTo(counts(1, 0, 0, 1));
      assertThat(end.data().get("hosts").get("here2")).isEqualTo(counts(1, 0, 1, 0));
    }
  }

  @Test
  void runnerY2_realAnsibleRunsModulesAndDeploys() throws Exception {
    try (AgentFixture agent = agent()) {
      String ping =
          agent.ask("ansible", "module", "{\"env\":\"qa\",\"host\":\"here1\",\"module\":\"ping\"}");
      var _ = agent.bus().finalOf(ping, FinalCode.OK);
      assertThat(agent.bus().outputOf(ping)).contains("ping: ok\n{\"ping\": \"pong\"}");

      String command =
          agent.ask(
              "ansible",
              "module",
              """
              {"env":"qa","host":"here1","module":"command","arguments":["pwd","chdir=/proc"]}
              """);
      var _ = agent.bus().finalOf(command, FinalCode.OK);
      assertThat(agent.bus().outputOf(command)).contains("command: changed\n/proc\n");

      var _ =
          run(
              agent,
              "update-code",
              "{'env':'qa','tags':['web','1.4.2'],'app':'web','version':'1.4.2'}",
              FinalCode.OK);
      assertThat(temporary.resolve("release-here2")).hasContent("web 1.4.2");
    }
  }

  @Test
  void runnerY2_realAnsibleSaysWhatIsWrong() throws Exception {
    try (AgentFixture agent = agent()) {
      assertThat(
              run(agent, "role", "{'env':'qa','host':'web9','roles':['base']}", FinalCode.FAILED)
                  .message())
          .contains("before it worked on any host", "leaves us with no hosts to target");
      String id =
          agent.ask(
              "ansible",
              "module",
              """
              {"env":"qa","host":"here1","module":"service","arguments":["nonsense"]}
              """);
      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message()).isNotEmpty();
    }
  }
}
