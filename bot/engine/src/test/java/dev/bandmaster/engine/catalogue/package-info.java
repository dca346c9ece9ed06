/** Proves how releases are found and ordered. */
@NullMarked
package dev.bandmaster.engine.catalogue;

import org.jspecify.annotations.NullMarked;
