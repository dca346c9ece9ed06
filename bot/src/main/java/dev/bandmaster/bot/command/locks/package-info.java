/** Commands that keep others from deploying. */
@NullMarked
package dev.bandmaster.bot.command.locks;

import org.jspecify.annotations.NullMarked;
