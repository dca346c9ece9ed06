package dev.bandmaster.agent.ansible;

import dev.bandmaster.agent.deploy.Trees;
import dev.bandmaster.config.AnsibleConfig;
import dev.bandmaster.config.AnsibleConfig.Place;
import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The runner's own folder, readable for the agent's user alone: our callback plugin, what Ansible
 * keeps between runs, and a folder for each run that is gone afterwards.
 *
 * @param callbacks the folder with our callback plugin
 * @param home what Ansible takes for its home
 * @param runs parent of the folders of single runs
 */
record AnsibleFolder(Path callbacks, Path home, Path runs) {
  /** The callback plugin's name, and that of its file. */
  static final String CALLBACK = "bandmaster";

  /** Prepares the folder, and removes what an agent left there that was killed. */
  static AnsibleFolder prepare(Path state) throws IOException {
    Path own = PrivateFiles.ownFolder(state);
    Trees.remove(own.resolve("runs"));
    AnsibleFolder folder =
        new AnsibleFolder(
            PrivateFiles.ownFolder(own.resolve("callbacks")),
            PrivateFiles.ownFolder(own.resolve("home")),
            PrivateFiles.ownFolder(own.resolve("runs")));
    try (InputStream plugin = AnsibleFolder.class.getResourceAsStream(CALLBACK + ".py")) {
      if (plugin == null) {
        throw new IllegalStateException("The callback plugin is missing from the program.");
      }
      Files.write(
          PrivateFiles.file(folder.callbacks.resolve(CALLBACK + ".py")), plugin.readAllBytes());
    }
    return folder;
  }

  /**
   * Begins a run in a folder of its own.
   *
   * @param host the host or group that it is limited to; empty for those of the playbook
   * @param checks whether Ansible only says what it would change
   * @param showsAll whether results that are good are shown too
   */
  AnsibleRun begin(AnsibleConfig config, Place place, String host, boolean checks, boolean showsAll)
      throws IOException {
    String id = UUID.randomUUID().toString();
    return new AnsibleRun(
        this, PrivateFiles.ownFolder(runs.resolve(id)), id, config, place, host, checks, showsAll);
  }
}
