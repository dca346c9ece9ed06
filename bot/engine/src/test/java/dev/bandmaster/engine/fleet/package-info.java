/** Proves who counts as there and who is trusted. */
@NullMarked
package dev.bandmaster.engine.fleet;

import org.jspecify.annotations.NullMarked;
