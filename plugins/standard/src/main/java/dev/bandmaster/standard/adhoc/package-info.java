/** {@code adhoc}: one small module on some nodes, now. */
@NullMarked
package dev.bandmaster.standard.adhoc;

import org.jspecify.annotations.NullMarked;
