/**
 * Conversation in our own words: who speaks, where, what was said, what is answered. The rest of
 * the bot knows these types; only {@code dev.bandmaster.slack} knows Slack's.
 */
@NullMarked
package dev.bandmaster.core.chat;

import org.jspecify.annotations.NullMarked;
