/** Proves the way of a command: what is read, refused, planned, and where the answer goes. */
@NullMarked
package dev.bandmaster.engine.pipeline;

import org.jspecify.annotations.NullMarked;
