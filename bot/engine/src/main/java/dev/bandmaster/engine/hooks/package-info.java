/** Runs programs of the operator's when nodes come and go. */
@NullMarked
package dev.bandmaster.engine.hooks;

import org.jspecify.annotations.NullMarked;
