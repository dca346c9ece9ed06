/** Who is on call; see {@link dev.bandmaster.engine.oncall.OnCall}. */
@NullMarked
package dev.bandmaster.engine.oncall;

import org.jspecify.annotations.NullMarked;
