/** Everything in one process, to try it here: {@code bandmaster demo}. */
@NullMarked
package dev.bandmaster.demo;

import org.jspecify.annotations.NullMarked;
