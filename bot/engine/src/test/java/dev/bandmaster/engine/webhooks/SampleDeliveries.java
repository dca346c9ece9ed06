package dev.bandmaster.engine.webhooks;

import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.engine.webhooks.WebhookEndpoint.Post;
import dev.bandmaster.model.Glob;
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
public final class SampleDeliveries {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  public static final String TOKEN = "a-token-that-nobody-guesses";
  static final String SECRET = "a-secret-that-nobody-guesses";

  /** As Alertmanager 0.25 sends it. */
  public static final String ALERTMANAGER =
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

  public static final String PLAIN =
      """
      {"dedupe_key": "eip:cluster-7", "summary": "no free EIP for this cluster",
       "severity": "critical", "rule": "no_free_eip", "name": "cluster-7",
       "labels": {"env": "prod", "app": "shop", "zone": 3}}
      """;

  private SampleDeliveries() {}

  static AlertOrigin origin(String source, String nodeLabel) {
    return new AlertOrigin(
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

  static WebhookAlert read(BodyReader reader, String body) throws BadBody {
    return reader.read(StrictJson.read(body.getBytes(StandardCharsets.UTF_8)), NOON);
  }

  /** One that shows its token, one that signs, and so on. */
  public static List<WebhookSource> sources() {
    return List.of(
        new WebhookSource(
            "prometheus", new DeliveryGuard.Token(TOKEN), alertmanager(), new RequestRate(100)),
        new WebhookSource("serf", new DeliveryGuard.Token(TOKEN), serf(), new RequestRate(100)),
        new WebhookSource(
            "scripts",
            new DeliveryGuard.Signed(new DeliverySignature(SECRET), Duration.ofMinutes(5)),
            plain(),
            new RequestRate(100)),
        new WebhookSource("slow", new DeliveryGuard.Token(TOKEN), plain(), new RequestRate(2)));
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

  public static Map<String, String> signed(String body, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    return Map.of(
        DeliverySignature.TIME_HEADER,
        time,
        DeliverySignature.HEADER,
        new DeliverySignature(SECRET).of(time, body.getBytes(StandardCharsets.UTF_8)));
  }
}
