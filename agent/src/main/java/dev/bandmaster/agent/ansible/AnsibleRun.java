package dev.bandmaster.agent.ansible;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.deploy.Trees;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.AnsibleConfig;
import dev.bandmaster.config.AnsibleConfig.Place;
import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Ansible: its folder, its arguments and its environment. Used by the action's thread.
 */
final class AnsibleRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnsibleRun.class);
  private static final Path NOTHING = Path.of("/dev/null");

  private final AnsibleFolder home;
  private final Path folder;
  private final String word;
  private final AnsibleConfig config;
  private final Place place;
  private final String host;
  private final boolean checks;
  private final boolean showsAll;

  /**
   * @param word marks the lines of our callback plugin
   */
  AnsibleRun(
      AnsibleFolder home,
      Path folder,
      String word,
      AnsibleConfig config,
      Place place,
      String host,
      boolean checks,
      boolean showsAll) {
    this.home = home;
    this.folder = folder;
    this.word = word;
    this.config = config;
    this.place = place;
    this.host = host;
    this.checks = checks;
    this.showsAll = showsAll;
  }

  /** Writes a file for Ansible to read. */
  Path write(String name, String text) throws IOException {
    return Files.writeString(PrivateFiles.file(folder.resolve(name)), text);
  }

  /** A call that runs a playbook. */
  AnsibleCall playbook(Path playbook) {
    List<String> arguments = new ArrayList<>(List.of(config.playbook()));
    arguments.addAll(options());
    arguments.add(playbook.toString());
    return new AnsibleCall(arguments);
  }

  /**
   * A call that runs a module.
   *
   * @param given the module's arguments; empty for none
   */
  AnsibleCall module(String target, String module, String given) {
    List<String> arguments = new ArrayList<>(List.of(config.adhoc()));
    arguments.addAll(options());
    arguments.add("--module-name=" + module);
    if (!given.isEmpty()) {
      arguments.add("--args=" + given);
    }
    arguments.add(target);
    return new AnsibleCall(arguments);
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    options.add("--inventory=" + place.inventory());
    if (!host.isEmpty()) {
      options.add("--limit=" + host);
    }
    options.add("--forks=" + config.forks());
    options.add("--timeout=" + config.connectTimeout().toSeconds());
    place.user().ifPresent(user -> options.add("--user=" + user));
    place.privateKey().ifPresent(key -> options.add("--private-key=" + key));
    place.vaultPassword().ifPresent(file -> options.add("--vault-password-file=" + file));
    if (place.become()) {
      options.add("--become");
    }
    if (checks) {
      options.add("--check");
      options.add("--diff");
    }
    return options;
  }

  /** All that Ansible sees of an environment. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", Supervisor.DEFAULT_PATH);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.home().toString());
    environment.put("ANSIBLE_HOME", home.home().toString());
    environment.put("ANSIBLE_LOCAL_TEMP", folder.toString());
    environment.put("ANSIBLE_CALLBACK_PLUGINS", home.callbacks().toString());
    environment.put("ANSIBLE_STDOUT_CALLBACK", AnsibleFolder.CALLBACK);
    // Without this, the program for modules takes no callback plugin.
    environment.put("ANSIBLE_LOAD_CALLBACK_PLUGINS", "true");
    environment.put("BANDMASTER_ANSIBLE_WORD", word);
    environment.put("BANDMASTER_ANSIBLE_SHOWS", showsAll ? "all" : "");
    environment.put("ANSIBLE_NOCOLOR", "true");
    environment.put("ANSIBLE_RETRY_FILES_ENABLED", "false");
    environment.put("ANSIBLE_PYTHON_INTERPRETER", "auto_silent");
    environment.put("ANSIBLE_DEPRECATION_WARNINGS", "false");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    // A connection that is kept for later is a process that no cancellation finds.
    environment.put("ANSIBLE_SSH_ARGS", "-C -o ControlMaster=no -o ControlPath=none");
    environment.put("ANSIBLE_PIPELINING", "true");
    place
        .knownHosts()
        .ifPresent(
            file -> environment.put("ANSIBLE_SSH_COMMON_ARGS", "-o UserKnownHostsFile=" + file));
    config.settings().ifPresent(file -> environment.put("ANSIBLE_CONFIG", file.toString()));
    if (!config.rolesPath().isEmpty()) {
      environment.put(
          "ANSIBLE_ROLES_PATH",
          config.rolesPath().stream().map(Path::toString).collect(Collectors.joining(":")));
    }
    return environment;
  }

  ActionOutcome run(AnsibleCall call, ActionContext context) {
    var output = new AnsibleOutput(context, word, host);
    ProgramOutcome outcome = context.run(call.arguments(), folder, environment(), NOTHING, output);
    return output.outcome(outcome);
  }

  @Override
  public void close() {
    try {
      Trees.remove(folder);
    } catch (IOException e) {
      LOG.warn("The folder of a run cannot be removed: {}", e.getMessage());
    }
  }
}
