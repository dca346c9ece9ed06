package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.WebhookConfig;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.engine.webhooks.AlertOrigin;
import dev.bandmaster.engine.webhooks.AlertmanagerReader;
import dev.bandmaster.engine.webhooks.BodyReader;
import dev.bandmaster.engine.webhooks.DeliveryGuard;
import dev.bandmaster.engine.webhooks.DeliverySignature;
import dev.bandmaster.engine.webhooks.PlainReader;
import dev.bandmaster.engine.webhooks.RequestRate;
import dev.bandmaster.engine.webhooks.SerfReader;
import dev.bandmaster.engine.webhooks.WebhookSource;
import java.util.List;

/** The configured webhooks. */
final class WebhookSources {

  private WebhookSources() {}

  static List<WebhookSource> of(BotConfig config) {
    return config.webhooks().entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue(), config))
        .toList();
  }

  private static WebhookSource of(String name, WebhookConfig webhook, BotConfig config) {
    return new WebhookSource(
        name,
        guard(webhook.proof()),
        reader(webhook, origin(name, webhook, config)),
        new RequestRate(webhook.perMinute()));
  }

  private static DeliveryGuard guard(WebhookConfig.Proof proof) {
    return switch (proof) {
      case WebhookConfig.Proof.Token(var secret) -> new DeliveryGuard.Token(secret.reveal());
      case WebhookConfig.Proof.Signature(var secret, var window) ->
          new DeliveryGuard.Signed(new DeliverySignature(secret.reveal()), window);
    };
  }

  private static BodyReader reader(WebhookConfig webhook, AlertOrigin origin) {
    return switch (webhook.kind()) {
      case ALERTMANAGER -> new AlertmanagerReader(origin);
      case SERF -> new SerfReader(origin, webhook.userEvents());
      case PLAIN -> new PlainReader(origin);
    };
  }

  private static AlertOrigin origin(String name, WebhookConfig webhook, BotConfig config) {
    return new AlertOrigin(
        name,
        config.bus().collective(),
        config.environments().keySet(),
        webhook.environment().orElse(""),
        webhook.environmentLabel(),
        webhook.appLabel(),
        webhook.nodeLabel().orElse(nodeLabel(webhook.kind())),
        switch (webhook.severity()) {
          case INFO -> Severity.INFO;
          case WARNING -> Severity.WARNING;
          case CRITICAL -> Severity.CRITICAL;
        },
        webhook.quiet(),
        webhook.quiet().orElse(config.alerts().quiet()));
  }

  /** What Prometheus asks is an instance, mostly with a port. */
  private static String nodeLabel(WebhookConfig.Kind kind) {
    return switch (kind) {
      case ALERTMANAGER -> "instance";
      case SERF, PLAIN -> "node";
    };
  }
}
