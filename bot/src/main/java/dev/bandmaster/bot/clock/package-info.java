/** The time that replicas share, and what is done again and again as it passes. */
@NullMarked
package dev.bandmaster.bot.clock;

import org.jspecify.annotations.NullMarked;
