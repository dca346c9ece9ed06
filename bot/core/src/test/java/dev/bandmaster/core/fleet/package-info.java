/** Tells what is said of nodes that come, beat, fall silent and go, and when. */
@NullMarked
package dev.bandmaster.core.fleet;

import org.jspecify.annotations.NullMarked;
