package dev.bandmaster.engine.webhooks;

/**
 * A system outside that may tell the bot what is wrong.
 *
 * @param name what stands in the address
 * @param pace how many deliveries are taken
 * @param complaints how often a log says that one is not taken
 */
public record WebhookSource(
    String name,
    DeliveryGuard guard,
    BodyReader reader,
    RequestRate pace,
    RequestRate complaints,
    DeliveryCounts counts) {

  public WebhookSource(String name, DeliveryGuard guard, BodyReader reader, RequestRate pace) {
    this(name, guard, reader, pace, new RequestRate(1), new DeliveryCounts());
  }
}
