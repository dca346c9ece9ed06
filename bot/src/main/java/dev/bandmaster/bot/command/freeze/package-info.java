/** Commands about times in which nothing is deployed. */
@NullMarked
package dev.bandmaster.bot.command.freeze;

import org.jspecify.annotations.NullMarked;
