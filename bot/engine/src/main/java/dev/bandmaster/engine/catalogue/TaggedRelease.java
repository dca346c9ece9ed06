package dev.bandmaster.engine.catalogue;

import java.util.Optional;

/**
 * What tags stand for.
 *
 * @param version empty where the tags name none: the newest is meant
 */
public record TaggedRelease(String application, Optional<String> version) {}
