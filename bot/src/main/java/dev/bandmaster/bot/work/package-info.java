/**
 * Carrying jobs out: dispatch to the bus, collect the replies, watch the deadlines, keep the
 * messages current.
 */
@NullMarked
package dev.bandmaster.bot.work;

import org.jspecify.annotations.NullMarked;
