/** Proves that what is wanted is sent, in order and once. */
@NullMarked
package dev.bandmaster.bot.outbox;

import org.jspecify.annotations.NullMarked;
