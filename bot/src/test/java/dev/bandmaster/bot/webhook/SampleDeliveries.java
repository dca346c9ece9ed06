package dev.bandmaster.bot.webhook;

import dev.bandmaster.bot.node.Severity;
import dev.bandmaster.bot.web.PostBox.Post;
import dev.bandmaster.config.Glob;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Sources, and what they send. */
final class SampleDeliveries {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  static final String TOKEN = "a-token-that-nobody-guesses";
  static final String SECRET = "a-secret-that-nobody-guesses";

  /** As Alertmanager 0.25 sends it. */
  static final String ALERTMANAGER =
      """
      {"receiver": "bandmaster", "status": "firing",
       "alerts": [
        {"status": "firing",
         "labels": {"alertname": "DiskFull", "env": "prod", "app": "shop",
           "instance": "db1.example.com:9100", "severity": "critical"},
         "annotations": {"description": "long", "summary": "91 % of /var is used"},
         "startsAt": "2026-05-04T11:58:30.123Z", "endsAt": "0001-01-01T00:00:00Z",
         "generatorURL": "http://prometheus:9090/graph", "fingerprint": "b1c2d3e4f5061728"},
        {"status": "resolved",
         "labels": {"alertname": "DiskFull", "env": "prod", "instance": "db2:9100"},
         "annotations": {}, "startsAt": "2026-05-04T11:00:00Z", "endsAt": "2026-05-04T11:59:00Z",
         "fingerprint": "00c2d3e4f5061728"}],
       "groupLabels": {"alertname": "DiskFull"}, "commonLabels": {"alertname": "DiskFull"},
       "commonAnnotations": {}, "externalURL": "http://alertmanager:9093", "version": "4",
       "groupKey": "{}:{alertname=\\"DiskFull\\"}", "truncatedAlerts": 0}
      """;

  static final String SERF =
      """
      {"event": "member-failed", "self": "web1", "members": [
       {"name": "web2", "address": "10.0.0.2", "role": "web", "tags": "env=prod,app=shop"},
       {"name": "web3", "address": "10.0.0.3", "role": "", "tags": ""}]}
      """;

  static final String USER_EVENT =
      """
      {"event": "user", "self": "web1", "name": "backup-failed", "ltime": "12",
       "payload": "no space left"}
      """;

  static final String PLAIN =
      """
      {"dedupe_key": "eip:cluster-7", "summary": "no free EIP for this cluster",
       "severity": "critical", "rule": "no_free_eip", "name": "cluster-7",
       "labels": {"env": "prod", "app": "shop", "zone": 3}}
      """;

  private SampleDeliveries() {}

  static Origin origin(String source, String nodeLabel) {
    return new Origin(
        source,
        "main",
        Set.of("staging", "prod"),
        "",
        "env",
        "app",
        nodeLabel,
        Severity.WARNING,
        Optional.empty(),
        Duration.ofMinutes(30));
  }

  static BodyReader alertmanager() {
    return new AlertmanagerReader(origin("prometheus", "instance"));
  }

  static BodyReader serf() {
    return new SerfReader(origin("serf", "node"), List.of(new Glob("backup-*")));
  }

  static BodyReader plain() {
    return new PlainReader(origin("scripts", "node"));
  }

  static Told read(BodyReader reader, String body) throws BadBody {
    return reader.read(Json.read(body.getBytes(StandardCharsets.UTF_8)), NOON);
  }

  /** One that shows its token, one that signs, and so on. */
  static List<Source> sources() {
    return List.of(
        new Source("prometheus", new Guard.Token(TOKEN), alertmanager(), new Pace(100)),
        new Source("serf", new Guard.Token(TOKEN), serf(), new Pace(100)),
        new Source(
            "scripts",
            new Guard.Signed(new Signature(SECRET), Duration.ofMinutes(5)),
            plain(),
            new Pace(100)),
        new Source("slow", new Guard.Token(TOKEN), plain(), new Pace(2)));
  }

  static Post post(String name, String body, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Content-Type", "application/json");
    all.putAll(headers);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Post(
        name,
        header -> Optional.ofNullable(all.get(header)),
        Optional.of((long) bytes.length),
        new ByteArrayInputStream(bytes));
  }

  static Post shown(String name, String body) {
    return post(name, body, Map.of("Authorization", "Bearer " + TOKEN));
  }

  static Map<String, String> signed(String body, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    return Map.of(
        Signature.TIME_HEADER,
        time,
        Signature.HEADER,
        new Signature(SECRET).of(time, body.getBytes(StandardCharsets.UTF_8)));
  }
}
