/** Tests of when nothing is deployed. */
@NullMarked
package dev.bandmaster.bot.freeze;

import org.jspecify.annotations.NullMarked;
