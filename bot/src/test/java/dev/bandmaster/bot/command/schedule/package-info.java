/** Tests of commands for later. */
@NullMarked
package dev.bandmaster.bot.command.schedule;

import org.jspecify.annotations.NullMarked;
