/**
 * What a job is and how it goes on: pure values and functions, without clock, store, bus or chat.
 */
@NullMarked
package dev.bandmaster.core.job;

import org.jspecify.annotations.NullMarked;
