/** Tests of the fail points. */
@NullMarked
package dev.bandmaster.testkit.failpoint;

import org.jspecify.annotations.NullMarked;
