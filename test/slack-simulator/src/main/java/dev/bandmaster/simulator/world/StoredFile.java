package dev.bandmaster.simulator.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A file on its way through the three steps of an upload.
 *
 * @param id the file id
 * @param name the file name
 * @param title the title people see
 * @param owner the user id of who uploads
 * @param created when the upload began
 * @param announced the length in bytes that was announced
 * @param content the bytes; empty until they were posted
 * @param stage how far it is
 * @param shares where it was shared: conversation id to message timestamp
 */
public record StoredFile(
    String id,
    String name,
    String title,
    String owner,
    Instant created,
    int announced,
    Content content,
    Stage stage,
    Map<String, String> shares) {
  public StoredFile {
    shares = Map.copyOf(shares);
  }

  /** How far an upload is. */
  public enum Stage {
    /** An address was handed out. */
    ANNOUNCED,
    /** The bytes are here. */
    UPLOADED,
    /** The upload was completed; the share may still be on its way. */
    COMPLETED
  }

  /** The length in bytes. */
  public int size() {
    return content.size();
  }

  /** The same file with its bytes. */
  public StoredFile withContent(Content bytes) {
    return new StoredFile(
        id, name, title, owner, created, announced, bytes, Stage.UPLOADED, shares);
  }

  /** The same file, completed under a title. */
  public StoredFile completed(String finalTitle) {
    return new StoredFile(
        id, name, finalTitle, owner, created, announced, content, Stage.COMPLETED, shares);
  }

  /** The same file, shared in one more conversation. */
  public StoredFile sharedIn(String channel, String ts) {
    Map<String, String> more = new HashMap<>(shares);
    more.put(channel, ts);
    return new StoredFile(id, name, title, owner, created, announced, content, stage, more);
  }

  /** What follows the last dot of the name, {@code text} where there is none. */
  public String type() {
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "", "txt", "log" -> "text";
      case "jpeg" -> "jpg";
      default -> ending;
    };
  }

  /** The media type by the ending of the name. */
  public String mimeType() {
    return switch (type()) {
      case "text", "csv", "md", "diff", "yaml", "yml", "sh", "java", "py", "js" -> "text/plain";
      case "json" -> "application/json";
      case "png" -> "image/png";
      case "jpg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "pdf" -> "application/pdf";
      default -> "application/octet-stream";
    };
  }
}
