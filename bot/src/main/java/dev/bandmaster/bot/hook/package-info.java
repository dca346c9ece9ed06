/** Runs programs of the operator's when nodes come and go. */
@NullMarked
package dev.bandmaster.bot.hook;

import org.jspecify.annotations.NullMarked;
