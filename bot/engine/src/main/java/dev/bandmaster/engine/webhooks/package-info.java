/**
 * What systems outside tell the bot is wrong: who may tell it, in which form, and what becomes of
 * it. {@link dev.bandmaster.engine.webhooks.WebhookReceiver} is the way of a delivery from top to
 * bottom; the readers are pure.
 */
@NullMarked
package dev.bandmaster.engine.webhooks;

import org.jspecify.annotations.NullMarked;
