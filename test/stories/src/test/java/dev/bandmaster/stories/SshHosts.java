package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two hosts with a real SSH server each. As root on Linux each is a network namespace with an
 * address of its own; for anybody else they are two addresses of this machine's loopback.
 */
final class SshHosts implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final List<Host> hosts = new ArrayList<>();
  private final boolean apart;

  /** A host that runs. */
  private record Host(String namespace, String address, int port, Process server) {}

  SshHosts(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.apart = System.getProperty("user.name").equals("root");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host_key").toString());
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("login").toString());
    Files.copy(folder.resolve("login.pub"), folder.resolve("authorized_keys"));
    if (apart) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int network = ThreadLocalRandom.current().nextInt(1, 250);
    try {
      for (int number = 1; number <= 2; number++) {
        hosts.add(apart ? namespace(network, number) : loopback());
      }
      describe();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Host namespace(int network, int number) throws IOException, InterruptedException {
    String name = "bm%dh%d".formatted(network, number);
    String outside = "10.213.%d.%d".formatted(network, number * 4 + 1);
    String inside = "10.213.%d.%d".formatted(network, number * 4 + 2);
    run("ip", "netns", "add", name);
    run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
    run("ip", "addr", "add", outside + "/30", "dev", name);
    run("ip", "link", "set", name, "up");
    run("ip", "-n", name, "addr", "add", inside + "/30", "dev", "eth0");
    run("ip", "-n", name, "link", "set", "eth0", "up");
    run("ip", "-n", name, "link", "set", "lo", "up");
    return started(name, inside, 22, "ip", "netns", "exec", name);
  }

  private Host loopback() throws IOException, InterruptedException {
    return started("", "127.0.0.1", FreePort.find());
  }

  private Host started(String namespace, String address, int port, String... before)
      throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("sshd-%s-%d".formatted(address, port)),
            """
            ListenAddress %s
            Port %d
            HostKey %s
            AuthorizedKeysFile %s
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            """
                .formatted(
                    address, port, folder.resolve("host_key"), folder.resolve("authorized_keys")));
    Process server =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(before),
                        Stream.of(SSHD.toString(), "-D", "-e", "-f", config.toString()))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(config.getFileName() + ".log").toFile())
            .start();
    await("the SSH server answers", () -> listens(address, port));
    return new Host(namespace, address, port, server);
  }

  private static boolean listens(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Writes inventory and host keys. */
  private void describe() throws IOException {
    String key = Files.readString(folder.resolve("host_key.pub")).strip();
    StringBuilder inventory = new StringBuilder("[web]\n");
    StringBuilder known = new StringBuilder();
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(i);
      inventory.append(
          "web%d ansible_host=%s ansible_port=%d\n".formatted(i + 1, host.address(), host.port()));
      known.append(
          "%s %s\n"
              .formatted(
                  host.port() == 22
                      ? host.address()
                      : "[%s]:%d".formatted(host.address(), host.port()),
                  key));
    }
    Files.writeString(folder.resolve("inventory"), inventory);
    Files.writeString(folder.resolve("known_hosts"), known);
    Files.setPosixFilePermissions(
        folder.resolve("login"), PosixFilePermissions.fromString("rw-------"));
  }

  /** Whether each has a network of its own. */
  boolean areApart() {
    return apart;
  }

  String address(int number) {
    return hosts.get(number - 1).address();
  }

  /** Switches a host off. */
  void stop(int number) throws InterruptedException {
    Process server = hosts.get(number - 1).server();
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
    server.waitFor();
    await(
        "the SSH server is gone",
        () -> !listens(hosts.get(number - 1).address(), hosts.get(number - 1).port()));
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("commands.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
  }

  @Override
  public void close() {
    for (Host host : hosts) {
      host.server().descendants().forEach(ProcessHandle::destroyForcibly);
      host.server().destroyForcibly();
      if (!host.namespace().isEmpty()) {
        try {
          run("ip", "netns", "del", host.namespace());
        } catch (IOException e) {
          throw new IllegalStateException(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
