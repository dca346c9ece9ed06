package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.AdhocConfig.AllowedCommand;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentPatternTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /var/log/*,         /var/log/syslog,                true
          /var/log/*,         /var/log/nginx/access.log,      false
          /var/log/*,         /var/log/../../etc/shadow,      false
          /var/log/*,         /var/log/..,                    false
          /var/log/**,        /var/log/nginx/access.log,      true
          /var/log/**,        /var/log/../../etc/shadow,      false
          /var/log/**,        /var/log/nginx/../../../etc/x,  false
          /var/log/**,        /var/log/..,                    false
          **,                 ../secret,                      false
          *,                  ..,                             false
          *,                  .,                              true
          ?,                  .,                              true
          ??,                 ..,                             false
          *.*,                ..,                             false
          .*,                 ..,                             false
          *.,                 ..,                             false
          ..,                 ..,                             true
          /var/log/../*,      /var/log/../x,                  true
          /var/log/../*,      /var/log/../..,                 false
          --file=**,          --file=../../etc/shadow,        false
          *..*,               v1..v2,                         true
          *..*,               v1...v2,                        false
          *.log,              a.b.log,                        true
          a?c,                a/c,                            false
          a?c,                abc,                            true
          *a*b*c*,            xxaxxbxxcxx,                    true
          *a*b*c*,            xxaxxcxxbxx,                    false
          a**z,               a/b/c/z,                        true
          -?,                 -r,                             true
          count*,             count,                          true
          literal,            literal2,                       false
          """)
  void trustT10_aWildcardStaysWithinItsComponent(String pattern, String given, boolean matches) {
    assertThat(new ArgumentPattern(pattern).matches(given)).isEqualTo(matches);
  }

  @Test
  void trustT10_positionsFixEachArgumentAndTheirNumber() {
    var tail = new AllowedCommand("tail", List.of(), patterns("-n", "*", "/var/log/*"));
    assertThat(tail.allows("tail", List.of("-n", "5", "/var/log/syslog"))).isTrue();
    assertThat(tail.allows("tail", List.of("/var/log/syslog", "-n", "5"))).isFalse();
    assertThat(tail.allows("tail", List.of("-n", "5"))).isFalse();
    assertThat(tail.allows("tail", List.of("-n", "5", "/var/log/syslog", "-f"))).isFalse();
    assertThat(tail.allows("tail", List.of())).isFalse();
  }

  @Test
  void trustT10_withoutPatternsThereAreNoArguments() {
    var bare = new AllowedCommand("hostname", List.of(), List.of());
    assertThat(bare.allows("hostname", List.of())).isTrue();
    assertThat(bare.allows("hostname", List.of("-f"))).isFalse();
    assertThat(bare.allows("uname", List.of())).isFalse();
  }

  @Test
  void trustT10_aHostilePatternEndsQuickly() {
    var hostile = new ArgumentPattern("*a".repeat(100));
    assertThat(hostile.matches("a".repeat(10_000) + "b")).isFalse();
  }

  private static List<ArgumentPattern> patterns(String... patterns) {
    return Stream.of(patterns).map(ArgumentPattern::new).toList();
  }
}
