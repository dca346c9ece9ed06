/** What is done again and again as time passes. */
@NullMarked
package dev.bandmaster.bot.clock;

import org.jspecify.annotations.NullMarked;
