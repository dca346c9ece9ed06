package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.testkit.Conversation.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner with the distribution's Ansible, which works on two hosts by SSH. */
@Tag("real")
class RunnerSshStoryTest {
  @TempDir private Path folder;

  private String ansible(SshHosts hosts) throws Exception {
    Path tasks = Files.createDirectories(folder.resolve("roles/base/tasks"));
    Files.writeString(
        tasks.resolve("main.yml"),
        """
        - name: look at the network
          ansible.builtin.command: ip -o -4 addr show
          register: network
          changed_when: false
          check_mode: false
        - name: write a page
          ansible.builtin.copy:
            content: "{{ network.stdout }}\\n"
            dest: "%s/page-{{ inventory_hostname }}"
            mode: "0600"
        """
            .formatted(folder));
    Path ssh = folder.resolve("ssh");
    assertThat(hosts.address(1)).isNotEmpty();
    return """
    roles_path: [%1$s/roles]
    connect_timeout: 5s
    environments:
      staging:
        inventory: %2$s/inventory
        modules: [ping]
        roles: [base]
        private_key_file: %2$s/login
        known_hosts_file: %2$s/known_hosts
    """
        .formatted(folder, ssh);
  }

  @Test
  void runnerY2_hostsBehindSshReportInTheThread() throws Exception {
    try (SshHosts hosts = new SshHosts(folder.resolve("ssh"));
        RunnerStage stage = new RunnerStage(folder)) {
      stage.startBot();
      stage.startAgent("r1", ansible(hosts));
      stage.awaitRunner();

      Ending ping = stage.says("bob", "adhoc staging web ping");
      assertThat(ping.answer()).contains("2 nodes · took", "web[1-2]", "pong");

      Ending check = stage.says("ann", "role staging web base --dry-run");
      assertThat(check.isGood()).isTrue();
      assertThat(check.answer()).contains("+1: lo");
      assertThat(folder.resolve("page-web1")).doesNotExist();

      Ending role = stage.says("ann", "role staging web base");
      assertThat(role.isGood()).isTrue();
      assertThat(role.answer()).contains("2 nodes · took", "ok 3, changed 1");
      if (hosts.areApart()) {
        for (int number = 1; number <= 2; number++) {
          assertThat(Files.readString(folder.resolve("page-web" + number)))
              .contains(hosts.address(number));
        }
      }

      hosts.stop(2);
      Ending unreachable = stage.says("ann", "role staging web base");
      assertThat(unreachable.isGood()).isFalse();
      assertThat(unreachable.answer()).contains("1 of 2 nodes succeeded · 1 failed", "unreachable");
    }
  }
}
