package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Keys on disk: one small JSON file each, readable by its owner only, made at the first use. */
public final class KeyFiles {
  /**
   * How long new bot keys count: long enough to plan the change, short enough that it is practised.
   */
  public static final Duration BOT_KEYS_COUNT_FOR = Duration.ofDays(730);

  /**
   * How long before they sign bot keys count at the nodes, so that a node whose clock is behind
   * does not refuse them.
   */
  public static final Duration ACCEPTED_BEFORE = Duration.ofHours(1);

  private static final String OWNER_ONLY = "rw-------";

  /** A key file has a few hundred bytes. */
  private static final int LARGEST = 64 * 1024;

  private KeyFiles() {}

  /**
   * Reads a bot's keys, making them when the file does not exist. They count from an hour before
   * they are made, so that a node whose clock is behind does not refuse them.
   *
   * @throws IOException when the file cannot be read or written, is readable by others, or holds
   *     something else
   */
  public static BotKeys bot(Path file, InstantSource clock) throws IOException {
    if (Files.notExists(file)) {
      Instant now = clock.instant();
      write(
          file,
          json(BotKeys.generate(now.minus(ACCEPTED_BEFORE), now.plus(BOT_KEYS_COUNT_FOR)), now));
    }
    return entry(file).keys();
  }

  /**
   * Reads the file of a bot's keys. A file of an earlier release does not say from when they sign:
   * they sign from the moment they count.
   *
   * @throws IOException when the file cannot be read, is readable by others, or holds something
   *     else
   */
  static BotKeySet.Entry entry(Path file) throws IOException {
    WireJson json = read(file);
    try {
      BotPublicKeys publicKeys = BotPublicKeys.parse(json.text("public"));
      String signsFrom = json.textOr("signsFrom", publicKeys.from().toString());
      return new BotKeySet.Entry(
          new BotKeys(
              publicKeys,
              RawKeys.bytes(json.text("ed25519Private")),
              RawKeys.bytes(json.text("x25519Private"))),
          Instant.parse(signsFrom));
    } catch (DateTimeParseException e) {
      throw new IOException(file + " is not a bot key file: signsFrom is not a time", e);
    } catch (WireException | IllegalArgumentException e) {
      throw new IOException(file + " is not a bot key file: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a node's keys, making them when the file does not exist.
   *
   * @throws IOException when the file cannot be read or written, is readable by others, or holds
   *     something else
   */
  public static NodeKeys node(Path file) throws IOException {
    if (Files.notExists(file)) {
      NodeKeys keys = NodeKeys.generate();
      ObjectNode json = WireJson.object();
      json.put("x25519", keys.publicKey().x25519());
      json.put("x25519Private", RawKeys.text(RawKeys.raw(keys.agreement())));
      write(file, json);
    }
    WireJson json = read(file);
    try {
      return new NodeKeys(
          new NodePublicKey(json.text("x25519")), RawKeys.bytes(json.text("x25519Private")));
    } catch (WireException | IllegalArgumentException e) {
      throw new IOException(file + " is not a node key file: " + e.getMessage(), e);
    }
  }

  static ObjectNode json(BotKeys keys, Instant signsFrom) {
    ObjectNode json = WireJson.object();
    json.put("public", keys.publicKeys().line());
    json.put("signsFrom", signsFrom.toString());
    json.put("ed25519Private", RawKeys.text(RawKeys.raw(keys.signing())));
    json.put("x25519Private", RawKeys.text(RawKeys.raw(keys.agreement())));
    return json;
  }

  /**
   * Writes a file that exists either whole or not at all. Two programs that race end up with one
   * file.
   */
  static void write(Path file, ObjectNode json) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      PrivateFiles.folder(folder);
    }
    Path fresh = Files.createTempFile(folder, ".key", ".new", ownerOnly(file));
    try {
      Files.writeString(fresh, json.toPrettyString() + "\n", StandardOpenOption.SYNC);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException anotherWasFirst) {
      // Theirs counts: the caller reads the file next.
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        }
        : new FileAttribute<?>[0];
  }

  private static WireJson read(Path file) throws IOException {
    if (isPosix(file)) {
      Set<?> granted = Files.getPosixFilePermissions(file);
      if (!PosixFilePermissions.fromString(OWNER_ONLY).containsAll(granted)) {
        throw new IOException(
            file + " can be read by users other than its owner; run: chmod 600 " + file);
      }
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is not a key file: it is larger than " + LARGEST + " bytes");
    }
    try {
      return new WireJson(WireJson.parse(Files.readString(file)));
    } catch (WireException e) {
      throw new IOException(file + " is not a key file: " + e.getMessage(), e);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
