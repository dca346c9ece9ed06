/** What machines ask the bot over HTTP: how it is, and how much it does. */
@NullMarked
package dev.bandmaster.bot.web;

import org.jspecify.annotations.NullMarked;
