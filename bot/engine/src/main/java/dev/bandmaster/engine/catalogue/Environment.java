package dev.bandmaster.engine.catalogue;

import java.util.Optional;

/**
 * An environment that commands may name.
 *
 * @param isProtected whether rights are checked on fresh data and buttons ask twice
 * @param after the environment in which a version must have run before it comes here
 */
public record Environment(boolean isProtected, Optional<String> after) {}
