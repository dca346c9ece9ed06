/** A store in memory that behaves, and what every store must hold to. */
@NullMarked
package dev.bandmaster.core.store;

import org.jspecify.annotations.NullMarked;
