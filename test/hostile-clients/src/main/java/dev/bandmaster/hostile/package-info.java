/** Clients that mean no good, for tests of servers on this machine. */
@NullMarked
package dev.bandmaster.hostile;

import org.jspecify.annotations.NullMarked;
