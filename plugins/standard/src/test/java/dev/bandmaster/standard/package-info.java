/** Proves what the standard commands plan and how they put answers into words. */
@NullMarked
package dev.bandmaster.standard;

import org.jspecify.annotations.NullMarked;
