package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A runner, with programs that behave like Ansible, and others that do not. */
class AnsibleModuleTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes what it was given beside the configuration. */
  private static final String NOTE =
      """
      {
        for argument in "$@"; do printf '%s\\n' "$argument"; done
      } > "$CONFIG/arguments"
      env > "$CONFIG/environment"
      cp play.yml vars.json "$CONFIG" 2> /dev/null
      ls -l > "$CONFIG/folder"
      """;

  private static final String GOOD =
      "stats '{\"web1\":{\"ok\":2,\"changed\":1,\"failures\":0,\"unreachable\":0,\"skipped\":0}}'\n";

  @TempDir private Path temporary;

  private AgentFixture agent(String script) throws IOException {
    return agent(
        script, "20s", "policy:\n  - {callers: ['*'], actions: ['*'], apps: ['*'], envs: ['*']}\n");
  }

  private AgentFixture agent(String script, String timeout, String policy) throws IOException {
    Path program =
        Files.writeString(
            temporary.resolve("fake-ansible"),
            """
            #!/bin/sh
            CONFIG=%s
            say() { printf '{"bandmaster":"%%s",%%s}\\n' "$BANDMASTER_ANSIBLE_WORD" "$1"; }
            task() { say "\\"event\\":\\"task\\",\\"name\\":\\"$1\\""; }
            result() { say "\\"event\\":\\"result\\",\\"host\\":\\"$1\\",\\"task\\":\\"$2\\",\\"status\\":\\"$3\\",\\"text\\":\\"$4\\""; }
            stats() { say "\\"event\\":\\"stats\\",\\"hosts\\":$1"; }
            %s
            """
                .formatted(temporary, script));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new AgentFixture(
        temporary,
        policy
            + """
            ansible:
              programs: {ansible: %1$s, playbook: %1$s}
              roles_path: [roles]
              forks: 7
              timeout: %2$s
              environments:
                qa:
                  inventory: inventories/qa
                  update_code: update-code.yml
                  modules: [ping, ansible.builtin.command, service]
                  roles: [base, web]
                  user: deploy
                  become: true
                  private_key_file: keys/qa
                  vault_password_file: vault/qa
                  known_hosts_file: known_hosts
                lab:
                  inventory: inventories/lab
                  roles: [base]
                  check_only: true
            """
                .formatted(program, timeout));
  }

  private ReportBody.Final run(
      AgentFixture agent, String action, String arguments, FinalCode code) {
    return agent.bus().finalOf(agent.ask("ansible", action, arguments.replace('\'', '"')), code);
  }

  private static String role(String host, String... roles) throws IOException {
    return JSON.writeValueAsString(Map.of("env", "qa", "host", host, "roles", List.of(roles)));
  }

  private static String adhoc(String host, String module, String... words) throws IOException {
    return JSON.writeValueAsString(
        Map.of("env", "qa", "host", host, "module", module, "arguments", List.of(words)));
  }

  private List<String> noted(String file) throws IOException {
    return Files.readAllLines(temporary.resolve(file));
  }

  @Test
  void runnerY2_aRoleIsAPlaybookWithALimit() throws IOException {
    try (AgentFixture agent = agent(NOTE + GOOD)) {
      var _ = run(agent, "role", role("web1", "base", "web"), FinalCode.OK);

      List<String> arguments = noted("arguments");
      assertThat(arguments.subList(0, 8))
          .containsExactly(
              "--inventory=" + temporary.resolve("inventories/qa"),
              "--limit=web1",
              "--forks=7",
              "--timeout=10",
              "--user=deploy",
              "--private-key=" + temporary.resolve("keys/qa"),
              "--vault-password-file=" + temporary.resolve("vault/qa"),
              "--become");
      assertThat(arguments.getLast()).endsWith("/play.yml");
      assertThat(Files.readString(temporary.resolve("play.yml")))
          .isEqualTo(
              """
              ---
              - "name": "base, web"
                "hosts": "web1"
                "roles":
                - "role": "base"
                - "role": "web"
              """);
      assertThat(noted("folder"))
          .anyMatch(line -> line.startsWith("-rw-------") && line.endsWith("play.yml"));
    }
  }

  @Test
  void runnerY2_theEnvironmentIsCleanAndFoldersArePrivateAndGoneAfterwards() throws IOException {
    try (AgentFixture agent = agent(NOTE + GOOD)) {
      var _ = run(agent, "role", role("web1", "base"), FinalCode.OK);

      Path state = temporary.resolve("state/ansible");
      Map<String, String> environment =
          noted("environment").stream()
              .filter(line -> line.contains("="))
              .collect(
                  Collectors.toMap(
                      line -> line.substring(0, line.indexOf('=')),
                      line -> line.substring(line.indexOf('=') + 1)));
      assertThat(environment)
          .containsEntry("HOME", state.resolve("home").toString())
          .containsEntry("ANSIBLE_STDOUT_CALLBACK", "bandmaster")
          .containsEntry("ANSIBLE_ROLES_PATH", temporary.resolve("roles").toString())
          .containsEntry(
              "ANSIBLE_SSH_COMMON_ARGS",
              "-o UserKnownHostsFile=" + temporary.resolve("known_hosts"))
          .doesNotContainKeys("JAVA_HOME", "USER", "SSH_AUTH_SOCK", "ANSIBLE_CONFIG");
      for (String folder : List.of("callbacks", "home", "runs")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(folder))))
            .isEqualTo("rwx------");
      }
      try (Stream<Path> runs = Files.list(state.resolve("runs"))) {
        assertThat(runs).isEmpty();
      }
      assertThat(state.resolve("callbacks/bandmaster.py")).exists();
    }
  }

  @Test
  void runnerY2_aModuleGetsItsArgumentsAsJson() throws IOException {
    try (AgentFixture agent = agent(NOTE + GOOD)) {
      var _ =
          run(
              agent,
              "module",
              adhoc("web1", "service", "name=web", "state=restarted"),
              FinalCode.OK);
      assertThat(noted("arguments"))
          .endsWith(
              "--module-name=service", "--args={\"name\":\"web\",\"state\":\"restarted\"}", "web1");

      var _ =
          run(
              agent,
              "module",
              adhoc("web1", "ansible.builtin.command", "dd", "if=/dev/zero", "chdir=/tmp", "-v"),
              FinalCode.OK);
      assertThat(noted("arguments"))
          .contains("--args={\"chdir\":\"/tmp\",\"_raw_params\":\"dd if=/dev/zero -v\"}");

      var _ = run(agent, "module", adhoc("web1", "ping"), FinalCode.OK);
      assertThat(noted("arguments")).noneMatch(argument -> argument.startsWith("--args"));
    }
  }

  @Test
  void runnerY2_aDeployRunsThePlaybookWithTags() throws IOException {
    try (AgentFixture agent = agent(NOTE + GOOD)) {
      var _ =
          run(
              agent,
              "update-code",
              "{'env':'qa','tags':['web','1.4.2'],'app':'web','version':'1.4.2'}",
              FinalCode.OK);
      assertThat(noted("arguments"))
          .contains(temporary.resolve("update-code.yml").toString(), "--tags=web,1.4.2")
          .anyMatch(argument -> argument.startsWith("--extra-vars=@"))
          .noneMatch(argument -> argument.startsWith("--limit"));
      assertThat(Files.readString(temporary.resolve("vars.json")))
          .isEqualTo(
              "{\"bandmaster_tags\":[\"web\",\"1.4.2\"],\"bandmaster_app\":\"web\",\"bandmaster_version\":\"1.4.2\"}");
    }
  }

  @Test
  void runnerY2_checkModeIsTheDryRun() throws IOException {
    try (AgentFixture agent = agent(NOTE + GOOD)) {
      var _ =
          run(
              agent,
              "role",
              "{'env':'qa','host':'web1','roles':['base'],'check':true}",
              FinalCode.OK);
      assertThat(noted("arguments")).contains("--check", "--diff");
      var _ = run(agent, "role", "{'env':'qa','host':'web1','roles':['base']}", FinalCode.OK);
      assertThat(noted("arguments")).doesNotContain("--check", "--diff");
      var _ = run(agent, "role", "{'env':'lab','host':'web1','roles':['base']}", FinalCode.OK);
      assertThat(noted("arguments")).as("lab is for checks only").contains("--check", "--diff");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; rm -rf /",
        "$(id)",
        "`id`",
        "../../x",
        "-i",
        "--become",
        "a b",
        "",
        "web*",
        "web:!db",
        "web1,web2",
        "@hosts",
        "{{ lookup('pipe', 'id') }}",
        "a\nb",
        "web1\n",
        "~x",
        "!unsafe x",
        "[x]",
        "{x: y}",
        "&a",
        "x: y",
        "a#b",
        "a\0b",
        "\u202Ea",
        "wéb"
      })
  void runnerY2_whatIsNoNameIsRefusedBeforeAnythingRuns(String text) throws IOException {
    try (AgentFixture agent = agent("touch " + temporary.resolve("ran"))) {
      for (String arguments :
          List.of(role(text, "base"), role("web1", text), role("web1", "base", text))) {
        assertThat(agent.bus().finalOf(agent.ask("ansible", "role", arguments)).code())
            .isEqualTo(FinalCode.INVALID);
      }
      for (String arguments : List.of(adhoc(text, "ping"), adhoc("web1", text))) {
        assertThat(agent.bus().finalOf(agent.ask("ansible", "module", arguments)).code())
            .isEqualTo(FinalCode.INVALID);
      }
      ObjectNode deploy = JSON.createObjectNode().put("env", "qa");
      deploy.putArray("tags").add(text);
      if (!text.equals("web1,web2")) {
        assertThat(
                agent.bus().finalOf(agent.ask("ansible", "update-code", deploy.toString())).code())
            .isEqualTo(FinalCode.INVALID);
      }
      assertThat(temporary.resolve("ran")).doesNotExist();
    }
  }

  @Test
  void runnerY2_aMebibyteOfNameIsRefused() throws IOException {
    String text = "a".repeat(1 << 20);
    try (AgentFixture agent = agent("touch " + temporary.resolve("ran"))) {
      for (String arguments : List.of(role(text, "base"), role("web1", text))) {
        assertThat(run(agent, "role", arguments, FinalCode.INVALID).message().length())
            .isLessThan(4_000);
      }
      var _ = run(agent, "module", adhoc("web1", "ping", text), FinalCode.INVALID);
      String[] many = new String[1_000];
      Arrays.fill(many, "base");
      var _ = run(agent, "role", role("web1", many), FinalCode.INVALID);
      assertThat(temporary.resolve("ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "$(id)", "`id`", "a;b", "a|b", "{{ x }}", "'x'", "<x", "a\nb", "x\n", "{% x %}"
      })
  void runnerY2_whatAShellOrATemplateWouldReadIsNoArgument(String word) throws IOException {
    try (AgentFixture agent = agent("touch " + temporary.resolve("ran"))) {
      var _ =
          run(
              agent,
              "module",
              adhoc("web1", "service", word).replace('\'', ' '),
              FinalCode.INVALID);
      assertThat(temporary.resolve("ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role  | {'env':'prod','host':'web1','roles':['base']} | does not serve prod. It serves: qa, lab",
        "role  | {'env':'qa','host':'web1','roles':['base','db']} | role 'db' is not allowed in qa on this runner. Allowed: base, web",
        "module | {'env':'qa','host':'web1','module':'file'} | module 'file' is not allowed in qa",
        "module | {'env':'lab','host':'web1','module':'ping'} | not allowed in lab on this runner. None is",
        "update-code | {'env':'lab','tags':['web']} | deploys nothing to lab"
      })
  void runnerY2_whatIsNotListedIsRefused(String action, String arguments, String said)
      throws IOException {
    try (AgentFixture agent = agent("touch " + temporary.resolve("ran"))) {
      assertThat(run(agent, action, arguments, FinalCode.DENIED).message()).contains(said);
      assertThat(temporary.resolve("ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role  | {'env':'qa','host':'all','roles':['base']}",
        "role  | {'env':'qa','host':'localhost','roles':['base']}",
        "module | {'env':'qa','host':'ungrouped','module':'ping'}",
        "role  | {'env':'qa','host':'web1','roles':[]}",
        "role  | {'env':'qa','host':'web1'}",
        "role  | {'env':'qa','host':'web1','roles':['base'],'become':true}",
        "module | {'env':'qa','host':'web1','module':'service','arguments':['name=a','name=b']}",
        "update-code | {'env':'qa','tags':['always']}",
        "update-code | {'env':'qa','tags':['web'],'version':'$(id)'}"
      })
  void runnerY2_whatMakesNoSenseIsRefused(String action, String arguments) throws IOException {
    try (AgentFixture agent = agent("touch " + temporary.resolve("ran"))) {
      var _ = run(agent, action, arguments, FinalCode.INVALID);
      assertThat(temporary.resolve("ran")).doesNotExist();
    }
  }

  @Test
  void runnerY2_theNodesPolicyDecidesByTheEnvironmentThatIsWorkedOn() throws IOException {
    String policy =
        "policy:\n  - {callers: ['*'], actions: ['ansible.*'], apps: ['*'], envs: [staging, lab]}\n";
    try (AgentFixture agent = agent(GOOD, "20s", policy)) {
      var _ = run(agent, "role", "{'env':'lab','host':'web1','roles':['base']}", FinalCode.OK);
      assertThat(run(agent, "role", role("web1", "base"), FinalCode.DENIED).message())
          .contains("ansible.role in qa");
    }
  }

  @Test
  void runnerY2_eachTaskIsAStepAndEachHostIsReported() throws IOException {
    try (AgentFixture agent =
        agent(
            """
            task 'install nginx'
            result web1 'install nginx' changed ''
            result web2 'install nginx' failed 'No package matching\\nnginx'
            stats '{"web1":{"ok":2,"changed":1,"failures":0,"unreachable":0,"skipped":0}}'
            stats '{"web2":{"ok":1,"changed":0,"failures":1,"unreachable":0,"skipped":3}}'
            exit 2
            """)) {
      String id = agent.ask("ansible", "role", role("web", "base"));
      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.FAILED);

      assertThat(end.message()).isEqualTo("Ansible failed on 1 of 2 hosts.");
      assertThat(end.data().get("hosts").get("web2"))
          .isEqualTo(
              Data.Fields.EMPTY
                  .with("ok", 1)
                  .with("changed", 0)
                  .with("failures", 1)
                  .with("unreachable", 0)
                  .with("skipped", 3));
      assertThat(agent.bus().repliesTo(id))
          .contains(
              new ReportBody.Progress("task", "install nginx"),
              new ReportBody.Progress("host:web1", "changed install nginx"),
              new ReportBody.Progress("host:web2", "failed install nginx"),
              new ReportBody.Output(
                  "host:web2", "install nginx: failed\nNo package matching\nnginx\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | FAILED | the inventory has no host or group 'web1'",
        "echo '[WARNING]: x' >&2; echo 'ERROR! no such inventory' >&2; echo more >&2; exit 1 | FAILED | exit 1 before it worked on any host. It says: no such inventory",
        "kill -9 $$ | FAILED | exit 137",
        "stats '{\"web1\":{\"ok\":1}}'; echo boom >&2; exit 250 | FAILED | exit 250, although no host failed. It says: boom",
        "stats '{\"web1\":{\"ok\":1}}' | OK | 1 hosts",
        "stats '[1]' | FAILED | worked on no host",
        "stats '{\"web1\":{\"ok\":1,\"unreachable\":1}}' | FAILED | failed on 1 of 1",
        "say '\"event\":\"stats\",\"hosts\":{' | FAILED | worked on no host",
        "printf '{\"bandmaster\":\"guess\",\"event\":\"stats\",\"hosts\":{\"web1\":{\"ok\":1}}}\\n' | FAILED | worked on no host",
        "head -c 5000000 /dev/zero; stats '{\"web1\":{\"ok\":1}}' | FAILED | worked on no host",
        "head -c 5000000 /dev/zero; echo; stats '{\"web1\":{\"ok\":1}}' | OK | 1 hosts",
        "seq 200000; stats '{\"web1\":{\"ok\":1}}' | OK | 1 hosts",
        "sleep 300 | TIMEOUT | killed",
        "trap '' TERM; sleep 300 | TIMEOUT | killed"
      })
  void runnerY2_whateverAnsiblePrintsHasAnEnd(String script, FinalCode code, String said)
      throws IOException {
    String timeout = script.contains("sleep") ? "1s" : "60s";
    try (AgentFixture agent =
        agent(
            script,
            timeout,
            "policy:\n  - {callers: ['*'], actions: ['*'], apps: ['*'], envs: ['*']}\n")) {
      assertThat(run(agent, "role", role("web1", "base"), code).message()).contains(said);
    }
  }

  @Test
  void runnerY2_aFloodOfStepsAndHostsIsBounded() throws IOException {
    try (AgentFixture agent =
        agent(
            """
            i=0
            while [ $i -lt 3000 ]; do
              i=$((i + 1))
              printf '{"bandmaster":"%s","event":"result","host":"h%d","task":"t","status":"ok","text":""}\\n' "$BANDMASTER_ANSIBLE_WORD" $i
              printf '{"bandmaster":"%s","event":"stats","hosts":{"h%d":{"ok":1}}}\\n' "$BANDMASTER_ANSIBLE_WORD" $i
            done
            """)) {
      String id = agent.ask("ansible", "role", role("web", "base"));
      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(end.message()).isEqualTo("1000 hosts, and 2000 more that are not shown");
      assertThat(end.data().get("hosts").fields()).hasSize(1_000);
      assertThat(
              agent.bus().repliesTo(id).stream()
                  .filter(ReportBody.Progress.class::isInstance)
                  .count())
          .isEqualTo(2_000);
    }
  }

  @Test
  void runnerY2_aCancellationEndsTheWholeProcessGroup() throws IOException {
    Path pids = temporary.resolve("pids");
    try (AgentFixture agent =
        agent(
            "sleep 300 & echo $! > %1$s.new; echo $$ >> %1$s.new; mv %1$s.new %1$s; wait\n"
                .formatted(pids))) {
      String id = agent.ask("ansible", "role", role("web1", "base"));
      FakeNodeBus.eventually(() -> Files.exists(pids));
      var _ = agent.ask("job", "cancel", "{\"request\":\"" + id + "\"}");
      assertThat(agent.bus().finalOf(id, FinalCode.CANCELLED).message()).contains("Cancelled");
      for (String pid : Files.readAllLines(pids)) {
        FakeNodeBus.eventually(
            () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
      }
    }
  }

  @Test
  void runnerY2_theDescriptionSaysWhatTheRunnerServes() throws IOException {
    try (AgentFixture agent = agent(GOOD)) {
      ReportBody.Final end =
          agent.bus().finalOf(agent.ask("facts", "inventory", "{}"), FinalCode.OK);
      assertThat(end.data().get("capabilities").items()).contains(Data.of("ansible"));
      Data facts = end.data().get("facts");
      assertThat(facts.get("ansible.qa.modules"))
          .isEqualTo(Data.of("ping,ansible.builtin.command,service"));
      assertThat(facts.get("ansible.qa.roles")).isEqualTo(Data.of("base,web"));
      assertThat(facts.get("ansible.qa.deploys")).isEqualTo(Data.of("true"));
      assertThat(facts.get("ansible.lab.deploys")).isEqualTo(Data.of("false"));
    }
  }
}
