/**
 * Conversation in our own words: who speaks, where, what was said, what is answered. The rest of
 * the bot knows these types; only {@code dev.bandmaster.bot.slack} knows Slack's.
 */
@NullMarked
package dev.bandmaster.bot.chat;

import org.jspecify.annotations.NullMarked;
