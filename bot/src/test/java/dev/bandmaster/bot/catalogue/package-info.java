/** Proves how releases are found and ordered. */
@NullMarked
package dev.bandmaster.bot.catalogue;

import org.jspecify.annotations.NullMarked;
