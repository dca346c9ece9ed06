package dev.bandmaster.engine.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** Reads a stranger's JSON: bounded in depth and length, each name once, nothing behind it. */
final class StrictJson {
  private static final int DEEPEST = 20;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_NAME = 1_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(WebhookReceiver.MOST_BYTES)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** A body's object. Bytes that are no text become the sign for that, and are read. */
  static JsonFields read(byte[] body) throws BadBody {
    if (body.length == 0) {
      throw BadBody.because("the body is empty");
    }
    try {
      return JsonFields.of("", MAPPER.readTree(new String(body, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException unreadable) {
      JsonLocation at = unreadable.getLocation();
      throw BadBody.because(
          at == null
              ? "the body is not JSON, or is nested too deeply"
              : "the body is not JSON: see line %d, column %d"
                  .formatted(at.getLineNr(), at.getColumnNr()));
    }
  }
}
