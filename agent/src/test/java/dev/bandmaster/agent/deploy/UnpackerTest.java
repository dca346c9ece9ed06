package dev.bandmaster.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.agent.deploy.Archives.Tar;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {

  @TempDir Path directory;

  private final Unpacker unpacker = new Unpacker(new UnpackLimits(10_000, 20));
  private Path archive = Path.of("unset");
  private Path target = Path.of("unset");

  @BeforeEach
  void place() throws IOException {
    archive = directory.resolve("archive");
    target = Files.createDirectory(directory.resolve("target"));
  }

  @Test
  void aTarIsUnpackedWithItsLinksAndWithoutSpecialRights() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file("bin/start", 04755, "#!/bin/sh\n")
          .file("conf/a b'c$(d)", 0666, "x")
          .symbolicLink("run", "bin/start")
          .hardLink("bin/again", "bin/start");
    }

    unpacker.unpack(archive, target);

    assertThat(target.resolve("bin/start")).hasContent("#!/bin/sh").isExecutable();
    assertThat(target.resolve("bin/again")).hasContent("#!/bin/sh");
    assertThat(target.resolve("run")).isSymbolicLink().hasContent("#!/bin/sh");
    assertThat(target.resolve("conf/a b'c$(d)")).hasContent("x");
    assertThat(Files.getAttribute(target.resolve("bin/start"), "unix:mode")).isEqualTo(0100755);
    assertThat(Files.getAttribute(target.resolve("conf/a b'c$(d)"), "unix:mode"))
        .isEqualTo(0100644);
  }

  @Test
  void aZipIsUnpackedToo() throws IOException {
    Archives.zip(archive, "bin/start", 0100755, "#!/bin/sh\n");

    unpacker.unpack(archive, target);

    assertThat(target.resolve("bin/start")).hasContent("#!/bin/sh").isExecutable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "/tmp/outside", "a/../b", ".."})
  void namesThatLeadOutAreRefused(String name) throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file(name, 0644, "x");
    }
    refused("points outside the release");

    Archives.zip(archive, name, 0100644, "x");
    refused("points outside the release");
    assertThat(directory.resolve("outside")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../../etc"})
  void linksThatLeadOutAreRefused(String to) throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.symbolicLink("link", to);
    }
    refused("outside the release");

    Archives.zip(archive, "link", 0120777, to);
    refused("outside the release");
  }

  @Test
  void linksThatLeadOutTogetherAreRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file("d/e/f/file", 0644, "x")
          .symbolicLink("d/e/f/up", "../../..")
          .symbolicLink("out", "d/e/f/up/../..");
    }
    refused("outside the release");
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file("real/file", 0644, "x").symbolicLink("link", "real").file("link/file2", 0644, "y");
    }
    refused("through a link");
  }

  @Test
  void aHardLinkToSomethingElseIsRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.hardLink("shadow", "/etc/passwd");
    }
    refused("points outside the release");
  }

  @Test
  void aNameThatComesTwiceIsRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file("a", 0644, "x").file("a", 0644, "y");
    }
    refused("contains a twice");
  }

  @Test
  void specialFilesAreRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.pipe("pipe");
    }
    refused("special file");
  }

  @Test
  void aSmallArchiveThatBecomesHugeIsRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.file("zeros", 0644, "0".repeat(20_000));
    }
    refused("more than 10000 bytes");
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    try (Tar tar = new Tar(archive)) {
      for (int i = 0; i < 30; i++) {
        tar.file("f" + i, 0644, "");
      }
    }
    refused("more than 20 entries");
  }

  @Test
  void trustT20_theBytesOfNamesAndHeadersCountToo() throws IOException {
    Unpacker roomy = new Unpacker(UnpackLimits.DEFAULT);
    // A long name compresses to a few bytes and would be read into memory whole.
    try (Tar tar = new Tar(archive)) {
      tar.longName(100 * 1024);
    }
    assertThatThrownBy(() -> roomy.unpack(archive, target))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("whose name or header is longer than any name may be");
    try (Tar tar = new Tar(archive)) {
      tar.gnuLongName(100 * 1024);
    }
    assertThatThrownBy(() -> roomy.unpack(archive, target))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("whose name or header is longer than any name may be");
    // The same with a name that is long and allowed.
    try (Tar tar = new Tar(archive)) {
      tar.longName(200).gnuLongName(201);
    }
    roomy.unpack(archive, target);
    for (int length : List.of(200, 201)) {
      assertThat(target.resolve("n".repeat(length))).content().isEqualTo("x");
    }
  }

  @Test
  void trustT20_aListOfEntriesThatWouldFillTheMemoryIsRefused() throws IOException {
    Archives.zip(archive, "f", 0100644, 70_000, 400);
    refused("list of entries is longer");
  }

  @Test
  void trustT20_whatIsSmallMayNotBecomeHuge() throws IOException {
    UnpackLimits limits = new UnpackLimits(4L << 30, 1000).of(1_000_000);
    assertThat(limits.bytes()).isEqualTo(200_000_000);
    assertThat(new UnpackLimits(4L << 30, 1000).of(10).bytes()).isEqualTo(64 << 20);
    assertThat(new UnpackLimits(4L << 30, 1000).of(1L << 30).bytes()).isEqualTo(4L << 30);
    assertThat(new UnpackLimits(10_000, 20).of(1L << 30).bytes()).isEqualTo(10_000);
  }

  @Test
  void trustT20_aSparseFileIsCalledOne() throws Exception {
    Path holes = Files.createFile(directory.resolve("holes"));
    try (var file = new RandomAccessFile(holes.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    for (String format : List.of("gnu", "pax")) {
      Process tar =
          new ProcessBuilder(
                  "tar",
                  "-S",
                  "--format=" + format,
                  "-czf",
                  archive.toString(),
                  "-C",
                  directory.toString(),
                  "holes")
              .inheritIO()
              .start();
      assertThat(tar.waitFor()).isZero();
      refused("is a sparse file, as `tar -S` makes them");
    }
  }

  @Test
  void trustT15_unpackingNeverWidensWhatTheArchiveSays() throws IOException {
    try (Tar tar = new Tar(archive)) {
      tar.directory("private/", 0700)
          .file("private/key", 0600, "x")
          .file("readable", 0640, "x")
          .file("bin/run", 0750, "x")
          .file("open", 04777, "x");
    }
    unpacker.unpack(archive, target);
    assertThat(rights("private")).isEqualTo("rwx------");
    assertThat(rights("private/key")).isEqualTo("rw-------");
    assertThat(rights("readable")).isEqualTo("rw-r-----");
    assertThat(rights("bin/run")).isEqualTo("rwxr-x---");
    assertThat(rights("open")).isEqualTo("rwxr-xr-x");
    assertThat(rights("")).isEqualTo("rwxr-xr-x");
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(name)));
  }

  @Test
  void whatIsNoArchiveIsSaidSo() throws IOException {
    Files.writeString(archive, "<html>not found</html>");
    refused("neither a gzipped tar");
  }

  private void refused(String sentence) {
    assertThatThrownBy(() -> unpacker.unpack(archive, target))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining(sentence);
  }
}
