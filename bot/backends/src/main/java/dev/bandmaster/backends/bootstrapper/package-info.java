/**
 * A bootstrapper as a backend: a service over HTTP that runs Ansible on hosts that only it knows.
 * It starts work once for each request that arrives, so nothing is ever sent twice; results are
 * asked for until they are there or the deadline is over.
 */
@NullMarked
package dev.bandmaster.backends.bootstrapper;

import org.jspecify.annotations.NullMarked;
