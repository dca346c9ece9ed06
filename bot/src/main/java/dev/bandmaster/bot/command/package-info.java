/**
 * The way of a command from what was typed to an answer or a job; see {@link
 * dev.bandmaster.bot.command.Pipeline}.
 */
@NullMarked
package dev.bandmaster.bot.command;

import org.jspecify.annotations.NullMarked;
