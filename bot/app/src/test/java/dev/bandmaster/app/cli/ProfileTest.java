package dev.bandmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
  @TempDir private Path home;

  private Map<String, String> environment() {
    return Map.of("HOME", home.toString());
  }

  @Test
  void apiZ3_theTokenIsKeptInAPrivateFile() throws Exception {
    Profile entered = new Profile(URI.create("https://bot.example.com"), "bmt_secret");
    Path file = entered.store("default", false, environment());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(Profile.load("default", environment())).isEqualTo(entered);
    assertThat(entered.toString()).doesNotContain("secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Profile.load("default", environment()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("Others can read");
  }

  @Test
  void apiZ3_aProfileStaysInItsFolder() {
    assertThatThrownBy(() -> Profile.load("../../etc/passwd", environment()))
        .isInstanceOf(CliException.class);
    assertThatThrownBy(() -> Profile.load("default", environment()))
        .hasMessageContaining("bandmaster login");
  }

  @ParameterizedTest
  @CsvSource({
    "https://bot.example.com,https://bot.example.com",
    "https://bot.example.com:8443/anything?else,https://bot.example.com:8443",
    "http://127.0.0.1:8088,http://127.0.0.1:8088",
    "http://bot.example.com,",
    "ftp://bot.example.com,",
    "bot.example.com,",
    "http://127.0.0.1@evil.example.com,",
  })
  void apiZ3_aTokenGoesEncryptedToOtherMachines(String typed, String address) {
    if (address == null) {
      assertThatThrownBy(() -> Profile.address(typed, false)).isInstanceOf(CliException.class);
    } else {
      assertThat(Profile.address(typed, false)).isEqualTo(URI.create(address));
    }
  }

  @Test
  void apiZ3_whatOthersWroteDoesNotControlTheTerminal() {
    assertThat(Terminal.safe("a\u001b[2Jb\rc\nd\u202ee")).isEqualTo("a\ufffd[2Jb\ufffdc\nd\ufffde");
  }
}
