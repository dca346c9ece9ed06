/** Times in which nothing is deployed. */
@NullMarked
package dev.bandmaster.bot.freeze;

import org.jspecify.annotations.NullMarked;
