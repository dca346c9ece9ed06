/** Commands about what is wrong, and about who wants to hear of it. */
@NullMarked
package dev.bandmaster.bot.command.alerts;

import org.jspecify.annotations.NullMarked;
