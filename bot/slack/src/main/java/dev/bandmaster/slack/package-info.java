/**
 * The door to Slack, and the only package that knows Slack's types.
 *
 * <p>Inwards: {@link dev.bandmaster.slack.SocketClient} keeps a socket open, {@link
 * dev.bandmaster.slack.EnvelopeReceiver} stores each envelope and acknowledges it, {@link
 * dev.bandmaster.slack.SlackInterpreter} says later what it means. Outwards: {@link
 * dev.bandmaster.slack.SlackRateLimiter} says when, {@link dev.bandmaster.slack.BlockKit} says how
 * it looks, {@link dev.bandmaster.slack.SlackChat} sends it. {@link
 * dev.bandmaster.slack.SlackDirectory} knows who is asking, and {@link
 * dev.bandmaster.slack.SlackConnection} puts it all together.
 */
@NullMarked
package dev.bandmaster.slack;

import org.jspecify.annotations.NullMarked;
