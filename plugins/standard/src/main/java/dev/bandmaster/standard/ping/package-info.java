/** {@code ping}: who is there, and how quickly they answer. */
@NullMarked
package dev.bandmaster.standard.ping;

import org.jspecify.annotations.NullMarked;
