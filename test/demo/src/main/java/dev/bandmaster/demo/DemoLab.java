package dev.bandmaster.demo;

import dev.bandmaster.agent.AgentMain;
import dev.bandmaster.app.Main;
import dev.bandmaster.broker.FreePort;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.ShippedFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The environment {@code lab}: a bootstrapper does its work. The bootstrapper is a second bot's
 * facade, with an agent that runs real Ansible on this machine; both are processes of their own.
 */
final class DemoLab implements AutoCloseable {
  private static final String ENVIRONMENT = "lab";

  private static final String PLAYBOOK = "ansible-playbook";

  /** Begins the names on the broker, which may be one that others use. */
  private static final String PREFIX = "demo-lab-" + ProcessHandle.current().pid();

  private static final String ROLES = "[base, web]";

  private final Path folder;
  private final int port;
  private final String token = secret();
  private final List<Process> processes = new ArrayList<>();

  /**
   * Prepares it; nothing runs yet.
   *
   * @param folder where everything of it lies
   */
  DemoLab(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = FreePort.find();
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Why there can be no such environment on this machine; empty if there can. */
  static Optional<String> problem() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String each : path.split(File.pathSeparator, -1)) {
      if (!each.isEmpty() && Files.isExecutable(Path.of(each, PLAYBOOK))) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "The environment lab is left out: there is no %s on this machine. To install it on Debian: apt-get install ansible-core"
            .formatted(PLAYBOOK));
  }

  /** The shipped configuration, with the lab behind its bootstrapper. */
  Path configuration() throws IOException {
    String text =
        replaced(
            Files.readString(ShippedFiles.config("bandmaster.yaml")),
            "environments:\n",
            """
            environments:
              %s:
                protected: false
                description: where Ansible works, behind a bootstrapper
                backend:
                  kind: bootstrapper
                  url: http://127.0.0.1:%d
                  token: %s
                  modules: [ping, setup]
                  roles: %s
            """
                .formatted(ENVIRONMENT, port, token, ROLES));
    return Files.writeString(
        folder.resolve("front.yaml"),
        replaced(
            text,
            "    description: the shop's pages\n",
            "    description: the shop's pages\n    tags: \"{app},{version}\"\n"));
  }

  /** The shipped policy, in which developers may use the lab. */
  Path policy() throws IOException {
    return Files.writeString(
        folder.resolve("front-policy.yaml"),
        replaced(
            Files.readString(ShippedFiles.config("policy.yaml")),
            "rules:\n",
            """
            rules:
              - id: developers-use-the-lab
                effect: allow
                who: [group:developers]
                where: [dm, C0OPS, C0DEPLOYS]
                actions: [role, codeupdate, rollback, "adhoc:*"]
                apps: "*"
                envs: [%s]
            """
                .formatted(ENVIRONMENT)));
  }

  private static String replaced(String text, String old, String other) throws IOException {
    if (!text.contains(old)) {
      throw new IOException("The shipped configuration does not say: " + old);
    }
    return text.replace(old, other);
  }

  /** Starts both processes; they connect by themselves. */
  void start(BotOnSimulator like, String broker) throws IOException {
    ansible();
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            rules:
              - id: the-bot-in-front
                effect: allow
                who: [service:front]
                where: [api]
                actions: [role, codeupdate, "adhoc:*"]
                apps: "*"
                envs: [%s]
            """
                .formatted(ENVIRONMENT));
    Path bot =
        Files.writeString(
            folder.resolve("bandmaster.yaml"),
            """
            replica: lab
            # Nobody speaks with this bot but the one in front of it.
            slack: {app_token: xapp-none, bot_token: xoxb-none, api_url: "http://127.0.0.1:1/"}
            bus: {uri_env: BANDMASTER_BROKER, prefix: %s, keys: keys, enrolment: automatic}
            store: {sqlite: {file: bandmaster.db}}
            policy: %s
            web: {bind: 127.0.0.1, port: %d}
            api:
              services:
                front: {token: %s}
              facade:
                environments: {front: %s}
            environments:
              %s:
                protected: false
                backend: {kind: ansible, modules: [ping, setup], roles: %s}
            apps:
              web: {tags: "{app},{version}"}
            """
                .formatted(PREFIX, policy, port, token, ENVIRONMENT, ENVIRONMENT, ROLES));
    Map<String, String> environment = new HashMap<>(like.environment());
    environment.put("BANDMASTER_BROKER", broker);
    run(Main.class, environment, "bot.log", List.of("run", "--config", bot.toString()));
    run(AgentMain.class, environment, "runner.log", List.of("--config", runner(like).toString()));
  }

  private Path runner(BotOnSimulator keys) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        node: runner1
        env: ops
        uri_env: BANDMASTER_BROKER
        prefix: %s
        state: state
        bots: {keys: ["%s"]}
        limits: {heartbeat: 2s}
        policy:
          - {callers: ["*"], actions: ["ansible.*", "job.*"], apps: ["*"], envs: [ops, %s]}
        ansible:
          roles_path: [roles]
          environments:
            %s:
              inventory: inventory
              update_code: update-code.yml
              modules: [ping, setup]
              roles: %s
        """
            .formatted(PREFIX, keys.keyLine(), ENVIRONMENT, ENVIRONMENT, ROLES));
  }

  /** Two hosts that are this machine, two roles and a playbook, all of which change files here. */
  private void ansible() throws IOException {
    write(
        "inventory",
        """
        [web]
        lab1 ansible_connection=local
        lab2 ansible_connection=local
        """);
    for (String role : List.of("base", "web")) {
      write(
          "roles/%s/tasks/main.yml".formatted(role),
          """
          - name: write the file of %1$s
            ansible.builtin.copy:
              content: "%1$s\\n"
              dest: "%2$s/{{ inventory_hostname }}-%1$s"
              mode: "0600"
          """
              .formatted(role, folder));
    }
    write(
        "update-code.yml",
        """
        - hosts: web
          gather_facts: false
          tasks:
            - name: switch to the release
              ansible.builtin.copy:
                content: "{{ bandmaster_version }}\\n"
                dest: "%s/{{ inventory_hostname }}-release"
                mode: "0600"
              tags: [web]
        """
            .formatted(folder));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void run(
      Class<?> program, Map<String, String> environment, String log, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      processes.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
