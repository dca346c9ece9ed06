/** Proves that what is wanted is sent, in order and once. */
@NullMarked
package dev.bandmaster.engine.outbox;

import org.jspecify.annotations.NullMarked;
