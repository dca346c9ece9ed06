/**
 * A client of the bootstrapper: an HTTP service that runs Ansible for others, with a queue of jobs
 * behind it. It knows no ids of requests, so what may have arrived is never sent twice; see {@link
 * dev.bandmaster.bootstrapper.BootstrapperClient}.
 */
@NullMarked
package dev.bandmaster.bootstrapper;

import org.jspecify.annotations.NullMarked;
