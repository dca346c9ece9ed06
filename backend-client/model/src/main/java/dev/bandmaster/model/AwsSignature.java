package dev.bandmaster.model;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as S3 and what is compatible with it expect (AWS Signature Version 4). Requests
 * without a body alone; prints without the secret key.
 *
 * @param accessKey names the key
 * @param secretKey the key; secret
 * @param region such as {@code eu-central-1}; what is compatible often takes any, {@code us-east-1}
 */
public record AwsSignature(String accessKey, String secretKey, String region) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SERVICE = "s3";

  /** The hash of no body. */
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The headers that prove who asks.
   *
   * @param method such as {@code GET}
   * @param address with the path and the query as they are sent
   * @param now when it is sent; servers accept a difference of some minutes
   */
  public Map<String, String> headers(String method, URI address, Instant now) {
    String time = TIME.format(now);
    String day = time.substring(0, 8);
    String scope = "%s/%s/%s/aws4_request".formatted(day, region, SERVICE);
    String names = "host;x-amz-content-sha256;x-amz-date";
    String canonical =
        String.join(
            "\n",
            method,
            path(address),
            query(address),
            "host:" + host(address),
            "x-amz-content-sha256:" + EMPTY,
            "x-amz-date:" + time,
            "",
            names,
            EMPTY);
    String toSign = String.join("\n", ALGORITHM, time, scope, hash(canonical));
    byte[] key = mac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
    for (String part : List.of(region, SERVICE, "aws4_request")) {
      key = mac(key, part);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-amz-date", time);
    headers.put("x-amz-content-sha256", EMPTY);
    headers.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM, accessKey, scope, names, HexFormat.of().formatHex(mac(key, toSign))));
    return headers;
  }

  private static String host(URI address) {
    int port = address.getPort();
    boolean usual =
        port < 0
            || (port == 443 && "https".equals(address.getScheme()))
            || (port == 80 && "http".equals(address.getScheme()));
    return address.getHost() + (usual ? "" : ":" + port);
  }

  /** Each byte that is no letter, no digit and none of {@code -._~/} as its two digits, once. */
  private static String path(URI address) {
    String path = address.getPath();
    return path == null || path.isEmpty() ? "/" : encoded(path, true);
  }

  private static String query(URI address) {
    String raw = address.getRawQuery();
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(encoded(decoded(name), false) + "=" + encoded(decoded(value), false));
    }
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * A text as S3 encodes it.
   *
   * @param slashes whether slashes stay
   */
  public static String encoded(String text, boolean slashes) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0
              || (slashes && c == '/');
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted(each & 0xFF));
    }
    return encoded.toString();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "AwsSignature[" + accessKey + ", …, " + region + "]";
  }
}
