/** The access rules in force: read from their file, watched, kept. */
@NullMarked
package dev.bandmaster.bot.policy;

import org.jspecify.annotations.NullMarked;
