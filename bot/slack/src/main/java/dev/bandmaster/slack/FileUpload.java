package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.slack.api.methods.response.files.FilesCompleteUploadExternalResponse;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import com.slack.api.methods.response.files.FilesInfoResponse;
import com.slack.api.model.File;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.Outbound.FileAttachment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Puts a file into a thread: ask for a place, put the bytes there, say where the file belongs, and
 * see that it got there, because Slack shares it some time later.
 */
final class FileUpload {

  private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");
  private static final Duration SOON = Duration.ofSeconds(2);

  /** How often to look whether the file has been shared, with a longer pause each time. */
  private static final int LOOKS = 6;

  private final SlackCalls calls;
  private final OkHttpClient http;
  private final MessageSearch search;
  private final Duration pause;

  /**
   * An uploader.
   *
   * @param pause how long to wait before the second look at a file; each further one waits as much
   *     longer
   */
  FileUpload(SlackCalls calls, OkHttpClient http, MessageSearch search, Duration pause) {
    this.calls = calls;
    this.http = http;
    this.search = search;
    this.pause = pause;
  }

  Sent attach(FileAttachment attached, boolean uncertain) {
    if (uncertain) {
      switch (search.file(attached.name(), attached.place())) {
        case MessageSearch.Found.At(var timestamp) -> {
          return new Sent.Done(timestamp);
        }
        case MessageSearch.Found.Unknown(var outcome) -> {
          return outcome;
        }
        case MessageSearch.Found.Nowhere() -> {}
      }
    }
    byte[] bytes = attached.content().getBytes(StandardCharsets.UTF_8);
    Map<String, String> form =
        Map.of("filename", attached.name(), "length", String.valueOf(bytes.length));
    String method = "files.getUploadURLExternal";
    // Until the last step nothing of it can be seen, so all before may be done again.
    return SlackChat.again(
        method,
        calls.call(method, form, FilesGetUploadURLExternalResponse.class),
        place -> upload(attached, bytes, place.getUploadUrl(), place.getFileId()));
  }

  private Sent upload(FileAttachment attached, byte[] bytes, String url, String file) {
    Request request = new Request.Builder().url(url).post(RequestBody.create(bytes, TEXT)).build();
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        return new Sent.Later(SOON, "The upload failed with HTTP status " + response.code() + ".");
      }
    } catch (IOException broken) {
      return new Sent.Later(SOON, "The upload was interrupted: " + broken.getMessage());
    }
    return complete(attached, file);
  }

  private Sent complete(FileAttachment attached, String file) {
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    files.addObject().put("id", file).put("title", attached.title());
    Map<String, String> form = new HashMap<>();
    form.put("files", files.toString());
    form.put("channel_id", attached.channel());
    attached.place().thread().ifPresent(thread -> form.put("thread_ts", thread));
    String method = "files.completeUploadExternal";
    return SlackChat.once(
        method,
        calls.call(method, form, FilesCompleteUploadExternalResponse.class),
        body -> verify(attached.channel(), file));
  }

  private Sent verify(String channel, String file) {
    for (int look = 0; look < LOOKS; look++) {
      if (calls.call("files.info", Map.of("file", file), FilesInfoResponse.class)
          instanceof CallResult.Ok<FilesInfoResponse>(var body)) {
        Optional<String> timestamp = shared(body.getFile(), channel);
        if (timestamp.isPresent()) {
          return new Sent.Done(timestamp.get());
        }
      }
      try {
        Thread.sleep(pause.multipliedBy(look + 1L));
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return new Sent.Uncertain("Slack accepted the file but has not shown it yet.");
  }

  private static Optional<String> shared(@Nullable File file, String channel) {
    if (file == null || file.getShares() == null) {
      return Optional.empty();
    }
    return Stream.of(file.getShares().getPublicChannels(), file.getShares().getPrivateChannels())
        .flatMap(shares -> shares == null ? Stream.empty() : shares.entrySet().stream())
        .filter(share -> share.getKey().equals(channel))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .map(File.ShareDetail::getTs)
        .findFirst();
  }
}
