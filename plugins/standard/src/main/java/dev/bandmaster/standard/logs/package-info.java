/** {@code logs}: the last lines of an application's logs. */
@NullMarked
package dev.bandmaster.standard.logs;

import org.jspecify.annotations.NullMarked;
