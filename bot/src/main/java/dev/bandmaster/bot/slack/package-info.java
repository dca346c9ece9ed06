/**
 * The door to Slack, and the only package that knows Slack's types.
 *
 * <p>Inwards: {@link dev.bandmaster.bot.slack.SocketClient} keeps a socket open, {@link
 * dev.bandmaster.bot.slack.SlackDoor} stores each envelope and acknowledges it, {@link
 * dev.bandmaster.bot.slack.SlackInterpreter} says later what it means. Outwards: {@link
 * dev.bandmaster.bot.slack.SlackBudget} says when, {@link dev.bandmaster.bot.slack.BlockKit} says
 * how it looks, {@link dev.bandmaster.bot.slack.SlackChat} sends it. {@link
 * dev.bandmaster.bot.slack.Directory} knows who is asking, and {@link
 * dev.bandmaster.bot.slack.SlackConnection} puts it all together.
 */
@NullMarked
package dev.bandmaster.bot.slack;

import org.jspecify.annotations.NullMarked;
