/** {@code discover}: what the fleet consists of. */
@NullMarked
package dev.bandmaster.standard.discover;

import org.jspecify.annotations.NullMarked;
