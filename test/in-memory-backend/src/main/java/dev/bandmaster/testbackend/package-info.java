/** A backend without a network, for tests of whatever uses backends. */
@NullMarked
package dev.bandmaster.testbackend;

import org.jspecify.annotations.NullMarked;
