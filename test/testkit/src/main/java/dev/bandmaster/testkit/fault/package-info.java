/** Breaks what programs have between them. */
@NullMarked
package dev.bandmaster.testkit.fault;

import org.jspecify.annotations.NullMarked;
