/**
 * What an alert is, how it goes on, and how it reads: pure, with the time as a parameter. {@link
 * dev.bandmaster.bot.alert.EpisodeMachine} decides, {@link dev.bandmaster.bot.alert.AlertArtist}
 * draws.
 */
@NullMarked
package dev.bandmaster.bot.alert;

import org.jspecify.annotations.NullMarked;
