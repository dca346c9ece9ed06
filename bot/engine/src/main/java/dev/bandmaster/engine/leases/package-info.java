/** Which replica acts under which name; see {@link dev.bandmaster.engine.leases.LeaseManager}. */
@NullMarked
package dev.bandmaster.engine.leases;

import org.jspecify.annotations.NullMarked;
