/** Tests of our own words for the chat. */
@NullMarked
package dev.bandmaster.bot.chat;

import org.jspecify.annotations.NullMarked;
