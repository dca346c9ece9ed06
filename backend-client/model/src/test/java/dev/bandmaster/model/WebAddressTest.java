package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://releases.example/web.tar.gz,                https://releases.example/web.tar.gz, false
          https://ann:s3cret@releases.example:8443/a/b,       https://releases.example:8443/a/b,   true
          https://s3cret@releases.example/a,                  https://releases.example/a,          true
          https://releases.example/a?token=s3cret,            https://releases.example/a,          true
          https://releases.example/a?x=1&Access_Token=s3cret, https://releases.example/a,          true
          https://releases.example/a?X-Amz-Signature=s3cret,  https://releases.example/a,          true
          https://releases.example/a?sig=s3cret,              https://releases.example/a,          true
          https://releases.example/a?version=1&type=jar,      https://releases.example/a,          false
          https://releases.example/a#token=s3cret,            https://releases.example/a,          true
          https://a@b:s3cret@releases.example/a,              https://releases.example/a,          true
          ssh://git@host.example/web.git,                     ssh://host.example/web.git,          false
          ssh://git:s3cret@host.example/web.git,              ssh://host.example/web.git,          true
          git@host.example:web.git,                           git@host.example:web.git,            false
          file:///srv/releases/web.tar.gz,                    file:///srv/releases/web.tar.gz,     false
          postgresql://db.example/bot?user=a&password=s3cret, postgresql://db.example/bot,         true
          """)
  void trustT14_anAddressShowsSchemeHostAndPath(String address, String shown, boolean secret) {
    assertThat(WebAddress.shown(address)).isEqualTo(shown).doesNotContain("s3cret");
    assertThat(WebAddress.holdsCredentials(address)).isEqualTo(secret);
    WebAddress.parse(address).ifPresent(parsed -> assertThat(parsed.toString()).isEqualTo(shown));
  }

  @Test
  void trustT14_credentialsAreForTheirHostAndForNoOther() {
    HostCredentials credentials = new HostCredentials("Releases.example", "X-Key", "s3cret");
    assertThat(credentials.areFor(URI.create("https://releases.example:443/web.tar.gz"))).isTrue();
    assertThat(credentials.areFor(URI.create("https://releases.example:8443/web.tar.gz")))
        .isFalse();
    assertThat(credentials.areFor(URI.create("http://releases.example:80/web.tar.gz"))).isFalse();
    assertThat(
            credentials.areFor(URI.create("https://releases.example.evil.example:443/web.tar.gz")))
        .isFalse();
    assertThat(credentials.areFor(URI.create("https://evil.example:443/web.tar.gz"))).isFalse();
    assertThat(credentials.toString()).doesNotContain("s3cret");
    assertThat(
            new HostCredentials("127.0.0.1:8080", "X-Key", "s")
                .areFor(URI.create("http://127.0.0.1:8080/web.tar.gz")))
        .isTrue();
  }
}
