/**
 * The time that replicas share, what is done again and again as it passes, and what keeps one
 * faulty item from stopping the others.
 */
@NullMarked
package dev.bandmaster.engine.clock;

import org.jspecify.annotations.NullMarked;
