/** Measures speed and memory on this machine: {@code bandmaster bench}. */
@NullMarked
package dev.bandmaster.benchmark;

import org.jspecify.annotations.NullMarked;
