package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.agent.deploy.Archives;
import dev.bandmaster.agent.deploy.Archives.Tar;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys of a small app, with real processes and real archives. */
class DeployTest {

  private static final String APPS =
      """
      apps:
        web:
          directory: apps/web
          shared: [log/, secret.txt]
          keep: 2
          hooks:
            before_switch:
              - [./bin/check, "{app}", "{env}", "{version}", "{release}"]
          control:
            start: [./bin/start]
            restart: [./bin/start]
            status: [./bin/health]
          health: {command: [./bin/health], within: 300ms, every: 50ms}
      """;

  @TempDir Path directory;

  @BeforeEach
  void shareASecret() throws IOException {
    Files.createDirectories(app("shared"));
    Files.writeString(app("shared/secret.txt"), "s3cret");
  }

  @Test
  void aDeployBringsAVersionAndSaysEachStep() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String id = deploy(agent, "1.0.0", release("1.0.0", true));

      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(end.message()).isEqualTo("web 1.0.0 is running on this node.");
      assertThat(end.data().get("current")).isEqualTo(Data.of("1.0.0"));
      assertThat(app("current/version")).hasContent("1.0.0");
      assertThat(app("current/log")).isSymbolicLink().isDirectory();
      assertThat(app("current/secret.txt")).hasContent("s3cret");
      assertThat(app("shared/log/started")).hasContent("1.0.0");
      assertThat(agent.bus().outputOf(id))
          .isEqualTo("web staging 1.0.0 " + app("releases/1.0.0") + "\n");
      assertThat(steps(agent, id))
          .containsExactly(
              "fetch",
              "verify",
              "unpack",
              "unpack",
              "fetch",
              "link",
              "link",
              "before switch",
              "before switch",
              "switch",
              "switch",
              "after switch",
              "after switch",
              "restart",
              "restart",
              "health",
              "health",
              "tidy",
              "tidy");
      FakeNodeBus.eventually(() ->
          agent.bus().events().stream()
              .anyMatch(event ->
                  event instanceof PresenceEvent.Update update
                      && update.description().apps().equals(Map.of("web", "1.0.0"))));
    }
  }

  @Test
  void aReleaseThatIsNotHealthyIsRolledBack() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      agent.bus().finalOf(deploy(agent, "1.0.0", release("1.0.0", true)), FinalCode.OK);

      String id = deploy(agent, "1.1.0", release("1.1.0", false));

      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.FAILED);
      assertThat(end.message())
          .isEqualTo(
              "web 1.1.0: The health check ./bin/health: exit 1: broken. Rolled back to 1.0.0,"
                  + " which is healthy.");
      assertThat(app("current/version")).hasContent("1.0.0");
      assertThat(app("shared/log/started")).hasContent("1.0.0\n1.1.0\n1.0.0");
    }
  }

  @Test
  void aFirstReleaseThatIsNotHealthyLeavesNothingCurrent() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String id = deploy(agent, "1.0.0", release("1.0.0", false));

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .contains("There is no earlier release to roll back to");
      assertThat(app("current")).doesNotExist();
    }
  }

  @Test
  void anArtifactWithAnotherHashIsNotUnpacked() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      Path artifact = release("1.0.0", true);
      String id = ask(agent, "1.0.0", artifact.toUri().toString(), "0".repeat(64));

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .contains("The archive was not unpacked. The current version did not change.");
      assertThat(app("releases/1.0.0")).doesNotExist();
    }
  }

  @Test
  void anArchiveThatClimbsOutIsRefused() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      Path artifact = directory.resolve("wicked.tar.gz");
      try (Tar tar = new Tar(artifact)) {
        tar.file("../../../owned", 0644, "x");
      }

      String id = deploy(agent, "1.0.0", artifact);

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .contains("../../../owned, which points outside the release");
      assertThat(directory.resolve("owned")).doesNotExist();
    }
  }

  @Test
  void aUrlWithoutAHashIsRefused() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String id =
          agent.ask(
              "deploy",
              "deploy",
              "{\"app\":\"web\",\"version\":\"1\",\"url\":\"file:///x.tar.gz\"}");

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .contains("A url also needs its sha256");
    }
  }

  @Test
  void aVersionIsOneThingForEver() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      Path first = release("1.0.0", true);
      agent.bus().finalOf(deploy(agent, "1.0.0", first), FinalCode.OK);
      agent.bus().finalOf(deploy(agent, "1.0.0", first), FinalCode.OK);

      String id = deploy(agent, "1.0.0", release("other", true));

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .contains("is already installed with different content");
    }
  }

  /** Somebody installed this version by hand, before there was an agent. */
  private void byHand(String version) throws IOException {
    Files.createDirectories(app("releases/" + version));
    Files.writeString(app("releases/" + version + "/version"), "by hand");
    Files.createSymbolicLink(app("current"), Path.of("releases", version));
  }

  @Test
  void peopleU10_aReleaseFromBeforeTheAgentIsFetchedAgain() throws IOException {
    byHand("1.0.0");
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String id = deploy(agent, "1.0.0", release("1.0.0", true));
      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(app("current/version")).hasContent("1.0.0");
      try (var left = Files.list(app("releases"))) {
        assertThat(left.map(path -> path.getFileName().toString())).containsExactly("1.0.0");
      }
      agent.bus().finalOf(deploy(agent, "1.0.0", release("other", true)), FinalCode.FAILED);
    }
  }

  @Test
  void peopleU10_aReleaseFromBeforeTheAgentIsBackWhereFetchingItAgainFails() throws IOException {
    byHand("1.0.0");
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      agent.bus().finalOf(deploy(agent, "1.0.0", release("1.0.0", false)), FinalCode.FAILED);
      assertThat(app("current/version")).hasContent("by hand");
      try (var left = Files.list(app("releases"))) {
        assertThat(left.map(path -> path.getFileName().toString())).containsExactly("1.0.0");
      }
    }
  }

  @Test
  void peopleU10_aReleaseFromBeforeTheAgentOutlivesAnAgentThatDiesMeanwhile() throws IOException {
    byHand("1.0.0");
    Files.move(app("releases/1.0.0"), app("releases/.replaced-1.0.0"));
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      agent.bus().finalOf(deploy(agent, "1.1.0", release("1.1.0", false)), FinalCode.FAILED);
      assertThat(app("current/version")).hasContent("by hand");
    }
  }

  @Test
  void rollbackGoesToThePreviousOrANamedVersionAndOldReleasesGo() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      for (String version : List.of("1", "2", "3")) {
        agent.bus().finalOf(deploy(agent, version, release(version, true)), FinalCode.OK);
      }
      assertThat(app("releases/1")).doesNotExist();

      String back = agent.ask("deploy", "rollback", "{\"app\":\"web\"}");
      agent.bus().finalOf(back, FinalCode.OK);
      assertThat(app("current/version")).hasContent("2");

      String forth = agent.ask("deploy", "rollback", "{\"app\":\"web\",\"version\":\"3\"}");
      agent.bus().finalOf(forth, FinalCode.OK);
      assertThat(app("current/version")).hasContent("3");

      String gone = agent.ask("deploy", "rollback", "{\"app\":\"web\",\"version\":\"1\"}");
      assertThat(agent.bus().finalOf(gone, FinalCode.FAILED).message())
          .isEqualTo("The version 1 is no longer on this node. Available: 3, 2.");
    }
  }

  @Test
  void startRestartAndStatusUseTheAppsCommands() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String early = agent.ask("deploy", "restart", "{\"app\":\"web\"}");
      assertThat(agent.bus().finalOf(early, FinalCode.FAILED).message())
          .isEqualTo("No version of web is current on this node. Deploy one first.");
      agent.bus().finalOf(deploy(agent, "1", release("1", true)), FinalCode.OK);

      ask(agent, "start", FinalCode.OK, "web 1 started.");
      ask(agent, "restart", FinalCode.OK, "web 1 restarted.");
      ask(agent, "status", FinalCode.OK, "web 1");
      ask(agent, "stop", FinalCode.FAILED, "The app web has no stop command on this node.");
    }
  }

  @Test
  void commandW1_whatIsNotHealthyAfterARestartIsAFailure() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      agent.bus().finalOf(deploy(agent, "1", release("1", true)), FinalCode.OK);
      script(app("current/bin/health"), "echo broken; exit 1");
      ask(
          agent,
          "restart",
          FinalCode.FAILED,
          "web 1 restarted. The health check ./bin/health: exit 1: broken.");
      ask(agent, "reload", FinalCode.FAILED, "The app web has no reload command on this node.");
    }
  }

  @Test
  void anArtifactComesOverHttpToo() throws IOException {
    Path artifact = release("1.0.0", true);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/web.tar.gz",
        exchange -> {
          byte[] bytes = Files.readAllBytes(artifact);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String sha256 = Archives.sha256(artifact);
      agent.bus().finalOf(ask(agent, "1.0.0", root + "/web.tar.gz", sha256), FinalCode.OK);

      String missing = ask(agent, "2.0.0", root + "/nothing", sha256);
      assertThat(agent.bus().finalOf(missing, FinalCode.FAILED).message())
          .contains("does not exist (HTTP status 404)");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void trustT14_theArtifactServerGetsTheSecretAndNobodyElseDoes() throws IOException {
    Path artifact = release("1.0.0", true);
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer other = server();
    other.createContext(
        "/",
        exchange -> {
          asked.add("other " + exchange.getRequestHeaders().getFirst("X-Key"));
          answer(exchange, 404, new byte[0]);
        });
    HttpServer server = server();
    server.createContext(
        "/web.tar.gz",
        exchange -> {
          boolean allowed = "s3cret-k3y".equals(exchange.getRequestHeaders().getFirst("X-Key"));
          answer(exchange, allowed ? 200 : 401, Files.readAllBytes(artifact));
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", root(other) + "/web.tar.gz");
          answer(exchange, 302, new byte[0]);
        });
    Path secret = directory.resolve("artifact-key");
    Files.writeString(secret, "s3cret-k3y\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String host = "127.0.0.1:" + server.getAddress().getPort();
    String login =
        "    artifact_auth: {host: \"%s\", header: X-Key, value_file: artifact-key}\n"
            .formatted(host);
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String refused = ask(agent, "1.0.0", root(server) + "/web.tar.gz", Archives.sha256(artifact));
      assertThat(agent.bus().finalOf(refused, FinalCode.FAILED).message())
          .contains("refused access (HTTP status 401). Check `artifact_auth`");
    }
    try (AgentFixture agent =
        new AgentFixture(directory, APPS.replace("    directory:", login + "    directory:"))) {
      String moved = ask(agent, "0.9.0", root(server) + "/elsewhere", Archives.sha256(artifact));
      var _ = agent.bus().finalOf(moved, FinalCode.FAILED);
      assertThat(asked).containsExactly("other null");
      String fetched = ask(agent, "1.0.0", root(server) + "/web.tar.gz", Archives.sha256(artifact));
      agent.bus().finalOf(fetched, FinalCode.OK);
    } finally {
      server.stop(0);
      other.stop(0);
    }
  }

  @Test
  void trustT14_anAddressWithASecretIsRefusedAndNotRepeated() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      for (String address :
          List.of(
              "https://ann:s3cret@releases.example/web.tar.gz",
              "https://releases.example/web.tar.gz?access_token=s3cret",
              "https://releases.example/web.tar.gz?X-Amz-Signature=s3cret")) {
        String id = ask(agent, "1.0.0", address, "0".repeat(64));
        assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
            .contains("artifact_auth")
            .doesNotContain("s3cret");
      }
    }
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String root(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void aGitRefIsCheckedOutAndItsCommitVerified() throws Exception {
    Path repository = Files.createDirectory(directory.resolve("repository"));
    script(repository.resolve("bin/check"), "echo checked");
    script(repository.resolve("bin/start"), "true");
    script(repository.resolve("bin/health"), "true");
    git(repository, "init", "--quiet", "-b", "main", ".");
    git(repository, "add", "-A");
    git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
    git(repository, "tag", "v1");
    try (AgentFixture agent = new AgentFixture(directory, APPS)) {
      String arguments =
          "{\"app\":\"web\",\"version\":\"%s\",\"repository\":\"%s\",\"ref\":\"v1\"%s}";

      String id =
          agent.ask("deploy", "deploy", arguments.formatted("1", "file://" + repository, ""));
      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(app("current/.git")).doesNotExist();

      String moved =
          agent.ask(
              "deploy",
              "deploy",
              arguments.formatted(
                  "2", "file://" + repository, ",\"commit\":\"" + "0".repeat(40) + "\""));
      assertThat(agent.bus().finalOf(moved, FinalCode.FAILED).message()).contains("it has moved");
    }
  }

  private void ask(AgentFixture agent, String action, FinalCode code, String message) {
    String id = agent.ask("deploy", action, "{\"app\":\"web\"}");
    assertThat(agent.bus().finalOf(id, code).message()).isEqualTo(message);
  }

  private String deploy(AgentFixture agent, String version, Path artifact) throws IOException {
    return ask(agent, version, artifact.toUri().toString(), Archives.sha256(artifact));
  }

  private static String ask(AgentFixture agent, String version, String url, String sha256) {
    return agent.ask(
        "deploy",
        "deploy",
        "{\"app\":\"web\",\"version\":\"%s\",\"url\":\"%s\",\"sha256\":\"%s\"}"
            .formatted(version, url, sha256));
  }

  private Path release(String version, boolean healthy) throws IOException {
    Path file = directory.resolve("web-" + version + ".tar.gz");
    try (Tar tar = new Tar(file)) {
      tar.file("version", 0644, version + "\n")
          .file("bin/check", 0755, "#!/bin/sh\necho \"$@\"\n")
          .file("bin/start", 0755, "#!/bin/sh\ncat version >> log/started\n")
          .file(
              "bin/health",
              0755,
              healthy ? "#!/bin/sh\ntrue\n" : "#!/bin/sh\necho broken\nexit 1\n");
    }
    return file;
  }

  private static void script(Path file, String content) throws IOException {
    Path parent = file.getParent();
    Files.createDirectories(parent == null ? file : parent);
    Files.writeString(file, "#!/bin/sh\n" + content + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void git(Path repository, String... arguments) throws Exception {
    List<String> call = new ArrayList<>(List.of("git"));
    call.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(call).directory(repository.toFile()).start().waitFor()).isZero();
  }

  private Path app(String path) {
    try {
      return directory.toRealPath().resolve("apps/web").resolve(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> steps(AgentFixture agent, String id) {
    return agent.bus().repliesTo(id).stream()
        .filter(ReportBody.Progress.class::isInstance)
        .map(body -> ((ReportBody.Progress) body).key())
        .toList();
  }
}
