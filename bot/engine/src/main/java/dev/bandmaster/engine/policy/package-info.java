/** The access rules in force: read from their file, watched, kept. */
@NullMarked
package dev.bandmaster.engine.policy;

import org.jspecify.annotations.NullMarked;
