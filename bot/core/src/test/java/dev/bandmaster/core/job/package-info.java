/** Proves how a job goes on, by tables and by random walks. */
@NullMarked
package dev.bandmaster.core.job;

import org.jspecify.annotations.NullMarked;
