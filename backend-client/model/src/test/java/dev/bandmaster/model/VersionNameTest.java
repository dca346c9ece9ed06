package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.4.2",
        "v1.4.2",
        "1.2.3-rc.1+build.5",
        "1.2.3+build.5",
        "2026-11-29",
        "20261129",
        "release_42",
        "main-7f3a9c1"
      })
  void peopleU4_versionsAreSemVerDatesAndTags(String version) {
    assertThat(VersionName.isValid(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "..",
        ".hidden",
        "../../etc",
        "a/b",
        "-1",
        "+1",
        "a b",
        "1;2",
        "$(id)",
        "é",
        "1\n2"
      })
  void peopleU4_whatCouldLeaveAFolderIsNoVersion(String version) {
    assertThat(VersionName.isValid(version)).isFalse();
  }

  @Test
  void peopleU4_aVersionHasAtMostAHundredCharacters() {
    assertThat(VersionName.isValid("1".repeat(VersionName.LONGEST))).isTrue();
    assertThat(VersionName.isValid("1".repeat(VersionName.LONGEST + 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1.4.2,v1.4.2", "v1.4.2,1.4.2", "V3,3", "2026-11-29,v2026-11-29"})
  void peopleU4_aVersionHasAnotherSpelling(String version, String other) {
    assertThat(VersionName.otherSpelling(version)).contains(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "version2", "release_42"})
  void peopleU4_aNameHasNoOtherSpelling(String version) {
    assertThat(VersionName.otherSpelling(version)).isEmpty();
    assertThat(VersionName.looksLikeOne(version)).isFalse();
  }
}
