package dev.bandmaster.agent.deploy;

import dev.bandmaster.config.AppDefinition;
import java.nio.file.Path;
import java.util.List;

/**
 * One app of this node.
 *
 * @param name what requests call it
 * @param env the node's env
 * @param definition how the node runs it
 */
record App(String name, String env, AppDefinition definition) {

  /**
   * A configured command with {@code {app}}, {@code {env}}, {@code {version}} and {@code {release}}
   * filled in. Each argument stays one argument, whatever is filled in.
   */
  List<String> fill(List<String> command, Version version, Path release) {
    return command.stream()
        .map(argument ->
            argument
                .replace("{app}", name)
                .replace("{env}", env)
                .replace("{version}", version.text())
                .replace("{release}", release.toString()))
        .toList();
  }
}
