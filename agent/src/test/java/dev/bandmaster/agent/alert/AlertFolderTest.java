package dev.bandmaster.agent.alert;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.agent.FakeNodeBus;
import dev.bandmaster.agent.presence.Announcer;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.wire.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertFolderTest {
  @TempDir private Path state;

  private final FakeNodeBus bus = new FakeNodeBus();
  private AlertFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder =
        new AlertFolder(
            state.resolve("alerts"),
            new Announcer(bus, new Stamps("web1", "prod", "boot-1", 1, () -> Instant.EPOCH)));
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(state.resolve("alerts").resolve(name), text);
  }

  private List<AlertEvent> announced() {
    return bus.events().stream().map(AlertEvent.class::cast).toList();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("alerts"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void alertA8_whatAProgramPutsThereIsAnnouncedOnce() throws IOException {
    put("1.alert", "critical\nbackup\nthe nightly\nbackup failed\n");
    folder.look();
    folder.look();
    assertThat(announced())
        .singleElement()
        .returns(AlertEvent.Severity.CRITICAL, AlertEvent::severity)
        .returns("backup", AlertEvent::kind)
        .returns("the nightly backup failed", AlertEvent::summary);
    assertThat(left()).isEmpty();
  }

  @Test
  void alertA8_itWaitsWhileTheBrokerIsAway() throws IOException {
    bus.close();
    put("1.alert", "warning\ndisk\n/var is full\n");
    folder.look();
    assertThat(left()).containsExactly("1.alert");
  }

  @Test
  void whatIsNoAlertGoesWithoutAWord() throws IOException {
    put("1.alert", "loud\nbackup\nno such severity");
    put("2.alert", "warning\ntwo words\nno such kind");
    put("3.alert", "warning\nbackup\n   ");
    put("4.alert", "x".repeat(5_000));
    Files.write(state.resolve("alerts/5.alert"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.createSymbolicLink(state.resolve("alerts/6.alert"), Path.of("/etc/passwd"));
    put("7.new", "warning\nbackup\nnot finished yet");
    folder.look();
    assertThat(announced()).isEmpty();
    assertThat(left()).containsExactly("7.new");
  }

  @Test
  void aProgramThatRunsWildDoesNotDrownOutTheOthers() throws IOException {
    for (int i = 100; i < 200; i++) {
      put(i + ".alert", "warning\nloop\nagain " + i + "\n");
    }
    folder.look();
    assertThat(announced()).hasSize(10);
    assertThat(left()).hasSize(90);
  }

  @Test
  void alertA8_theScriptForCronWritesWhatIsRead() throws IOException, InterruptedException {
    Process script = command("critical", "backup", "it's \"$(bad)\"", "and", "more");
    assertThat(script.waitFor(60, SECONDS)).isTrue();
    assertThat(script.exitValue()).isZero();
    folder.look();
    assertThat(announced())
        .singleElement()
        .returns("it's \"$(bad)\" and more", AlertEvent::summary);
    Process mistaken = command("loud", "backup", "what");
    assertThat(mistaken.waitFor(60, SECONDS)).isTrue();
    assertThat(mistaken.exitValue()).isEqualTo(2);
    assertThat(left()).isEmpty();
  }

  private Process command(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("../config/bandmaster-alert.sh"), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BANDMASTER_STATE", state.toString());
    return builder.start();
  }
}
