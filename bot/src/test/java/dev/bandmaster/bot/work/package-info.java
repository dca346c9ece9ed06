/** Proves how jobs are carried out and drawn. */
@NullMarked
package dev.bandmaster.bot.work;

import org.jspecify.annotations.NullMarked;
