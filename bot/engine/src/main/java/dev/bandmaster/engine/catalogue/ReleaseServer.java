package dev.bandmaster.engine.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.model.AwsSignature;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks servers which releases there are. An answer counts for a minute, a failure for a few
 * seconds. Any thread.
 */
final class ReleaseServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private static final Duration BAD_FOR = Duration.ofSeconds(5);

  /** Bytes of one answer. */
  private static final long LARGEST = 8L * 1024 * 1024;

  /** Answers that make up one list. */
  private static final int MOST_PAGES = 10;

  /** Lists that are remembered. */
  private static final int MOST_LISTS = 500;

  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
  private static final Pattern NEXT = Pattern.compile("<([^>]{1,2000})>\\s*;\\s*rel=\"?next\"?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;
  private final Map<Asked, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Kept> eldest) {
          return size() > MOST_LISTS;
        }
      };

  private record Asked(ReleaseList list, String environment, String application) {}

  private record Kept(Listing listing, Instant until) {}

  /** A release of a registry. */
  sealed interface Blob {
    /** Its only layer. */
    record Found(String url, String sha256) implements Blob {}

    /** There is none. */
    record Nothing() implements Blob {}

    /** It cannot be known; the reason is a sentence. */
    record Failed(String reason) implements Blob {}
  }

  /** Ends a question; the message is a sentence for people. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean missing;

    Refusal(String sentence, boolean missing) {
      super(sentence);
      this.missing = missing;
    }
  }

  ReleaseServer(InstantSource clock) {
    this.clock = clock;
  }

  /** The names of releases that fit, in no order. */
  Listing list(ReleaseList list, String environment, String application) {
    Asked asked = new Asked(list, environment, application);
    Instant now = clock.instant();
    synchronized (kept) {
      Kept known = kept.get(asked);
      if (known != null && now.isBefore(known.until())) {
        return known.listing();
      }
    }
    Listing listing = ask(list, environment, application);
    Duration good = listing instanceof Listing.Failed ? BAD_FOR : GOOD_FOR;
    synchronized (kept) {
      kept.put(asked, new Kept(listing, now.plus(good)));
    }
    return listing;
  }

  private Listing ask(ReleaseList list, String environment, String application) {
    try {
      List<String> names =
          switch (list.kind()) {
            case GITHUB -> pages(list, list.server() + "/repos/" + list.name() + "/releases");
            case GITLAB ->
                pages(
                    list,
                    "%s/api/v4/projects/%s/releases"
                        .formatted(list.server(), AwsSignature.encoded(list.name(), false)));
            case S3 -> keys(list, list.prefix(application, environment));
            case OCI -> tags(list);
          };
      return new Listing.Known(
          names.stream()
              .flatMap(name -> list.version(name, application, environment).stream())
              .distinct()
              .toList());
    } catch (IOException e) {
      return new Listing.Failed(
          "The releases at %s cannot be listed: %s."
              .formatted(list.server().getHost(), reason(list, e)));
    }
  }

  private static String reason(ReleaseList list, IOException e) {
    if (e instanceof Refusal refusal) {
      return String.valueOf(refusal.getMessage());
    }
    return e instanceof InterruptedIOException
        ? "the server did not answer within %d s".formatted(TIMEOUT.toSeconds())
        : "the server %s cannot be reached".formatted(list.server().getHost());
  }

  /** Lists of GitHub and GitLab: an array of releases on each page. */
  private List<String> pages(ReleaseList list, String address) throws IOException {
    List<String> names = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      JsonNode releases = json(get(list, "%s?per_page=100&page=%d".formatted(address, page)));
      if (!releases.isArray()) {
        throw new Refusal("it is no list of releases", false);
      }
      for (JsonNode release : releases) {
        if (!release.path("draft").asBoolean(false)
            && !release.path("upcoming_release").asBoolean(false)) {
          names.add(release.path("tag_name").asText());
        }
      }
      if (releases.size() < 100) {
        break;
      }
    }
    return names;
  }

  private List<String> tags(ReleaseList list) throws IOException {
    List<String> names = new ArrayList<>();
    URI address = URI.create("%s/v2/%s/tags/list?n=1000".formatted(list.server(), list.name()));
    for (int page = 0; page < MOST_PAGES; page++) {
      Answer answer = answer(list, address.toString(), "application/json");
      for (JsonNode tag : json(answer.body()).path("tags")) {
        names.add(tag.asText());
      }
      Matcher next = NEXT.matcher(answer.link());
      if (!next.find()) {
        break;
      }
      URI further = resolved(address, next.group(1));
      if (!String.valueOf(further.getAuthority()).equals(address.getAuthority())) {
        throw new Refusal("its list goes on at another server", false);
      }
      address = further;
    }
    return names;
  }

  private static URI resolved(URI address, String link) throws Refusal {
    try {
      return address.resolve(link);
    } catch (IllegalArgumentException e) {
      throw new Refusal("its list goes on at an address that is none", false);
    }
  }

  private List<String> keys(ReleaseList list, String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    String token = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      String address =
          "%s/%s?list-type=2&max-keys=1000&prefix=%s%s"
              .formatted(
                  list.server(),
                  list.name(),
                  AwsSignature.encoded(prefix, false),
                  token.isEmpty()
                      ? ""
                      : "&continuation-token=" + AwsSignature.encoded(token, false));
      token = readKeys(get(list, address), keys);
      if (token.isEmpty()) {
        break;
      }
    }
    return keys;
  }

  /** Reads a page of keys; gives the token of the next one, or nothing. */
  private static String readKeys(String xml, List<String> keys) throws Refusal {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    String token = "";
    boolean isList = false;
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          switch (reader.getLocalName()) {
            case "ListBucketResult" -> isList = true;
            case "Key" -> keys.add(reader.getElementText());
            case "NextContinuationToken" -> token = reader.getElementText();
            default -> {
              // Sizes, dates and owners say nothing of versions.
            }
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new Refusal("it is no list of keys", false);
    }
    if (!isList) {
      throw new Refusal("it is no list of keys", false);
    }
    return token;
  }

  /** The layer of a registry's release, which agents fetch by its digest. */
  Blob blob(ReleaseList list, String tag) {
    try {
      Answer answer =
          answer(
              list,
              "%s/v2/%s/manifests/%s".formatted(list.server(), list.name(), tag),
              "application/vnd.oci.image.manifest.v1+json,"
                  + " application/vnd.docker.distribution.manifest.v2+json");
      JsonNode layers = json(answer.body()).path("layers");
      if (!layers.isArray() || layers.size() != 1) {
        return failed(list, "'%s' is no artifact with exactly one layer".formatted(tag));
      }
      Matcher digest = DIGEST.matcher(layers.get(0).path("digest").asText());
      if (!digest.matches()) {
        return failed(list, "the layer of '%s' has no SHA-256".formatted(tag));
      }
      return new Blob.Found(
          "%s/v2/%s/blobs/%s".formatted(list.server(), list.name(), digest.group()),
          digest.group(1));
    } catch (Refusal e) {
      return e.missing ? new Blob.Nothing() : failed(list, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(list, reason(list, e));
    }
  }

  private static Blob failed(ReleaseList list, String reason) {
    return new Blob.Failed(
        "The release at %s cannot be read: %s.".formatted(list.server().getHost(), reason));
  }

  private record Answer(String body, String link) {}

  private String get(ReleaseList list, String address) throws IOException {
    return answer(list, address, "application/json, application/xml").body();
  }

  private Answer answer(ReleaseList list, String address, String accepted) throws IOException {
    OkHttpClient client = GuardedHttp.client(TIMEOUT, list.auth(), clock);
    Request request =
        new Request.Builder()
            .url(new WebAddress(URI.create(address)).uri().toString())
            .header("Accept", accepted)
            .header("User-Agent", "bandmaster")
            .build();
    try (Response response = client.newCall(request).execute()) {
      if (response.isSuccessful()) {
        byte[] body = response.peekBody(LARGEST + 1).bytes();
        if (body.length > LARGEST) {
          throw new Refusal(
              "its answer is larger than %d MiB".formatted(LARGEST / 1024 / 1024), false);
        }
        return new Answer(
            new String(body, StandardCharsets.UTF_8),
            Optional.ofNullable(response.header("Link")).orElse(""));
      }
      throw switch (response.code()) {
        case 401, 403, 407 ->
            new Refusal(
                "the server refused access (HTTP status %d). Check `artifact_auth` of `releases`"
                    .formatted(response.code()),
                false);
        case 404, 410 ->
            new Refusal("the server knows nothing of '%s'".formatted(list.name()), true);
        case 429 -> new Refusal("the server was asked too often", false);
        default ->
            new Refusal(
                "the server answered with HTTP status %d".formatted(response.code()), false);
      };
    }
  }

  private static JsonNode json(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Refusal("its answer is not JSON", false);
    }
  }
}
