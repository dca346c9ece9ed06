/**
 * What carries jobs out: the agent bus, an HTTP service, or anything else that implements {@link
 * dev.bandmaster.core.backend.ExecutionBackend}.
 */
@NullMarked
package dev.bandmaster.core.backend;

import org.jspecify.annotations.NullMarked;
