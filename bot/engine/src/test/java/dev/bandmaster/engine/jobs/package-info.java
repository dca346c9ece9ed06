/** Proves how jobs are carried out and drawn. */
@NullMarked
package dev.bandmaster.engine.jobs;

import org.jspecify.annotations.NullMarked;
