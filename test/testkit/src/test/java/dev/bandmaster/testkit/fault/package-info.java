/** Tests of lines that break. */
@NullMarked
package dev.bandmaster.testkit.fault;

import org.jspecify.annotations.NullMarked;
