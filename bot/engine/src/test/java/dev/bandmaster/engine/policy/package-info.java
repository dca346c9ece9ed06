/** Proves how the policy in force is kept. */
@NullMarked
package dev.bandmaster.engine.policy;

import org.jspecify.annotations.NullMarked;
