/** Runbooks under way; see {@link dev.bandmaster.engine.runbooks.RunbookRunner}. */
@NullMarked
package dev.bandmaster.engine.runbooks;

import org.jspecify.annotations.NullMarked;
