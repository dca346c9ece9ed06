/** Which replica acts under which name; see {@link dev.bandmaster.bot.replica.SeatKeeper}. */
@NullMarked
package dev.bandmaster.bot.replica;

import org.jspecify.annotations.NullMarked;
