package dev.bandmaster.app.http.facade;

import dev.bandmaster.app.http.HostCheck;
import dev.bandmaster.config.FacadeConfig;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.api.ApiAuthentication;
import dev.bandmaster.engine.api.ApiCommands;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the facade answers from.
 *
 * @param hosts the names by which it may be called
 * @param perMinute requests of one caller
 * @param environmentOf the environment of a node that is known
 * @param newId ids of jobs, which nobody can guess
 */
public record FacadeSources(
    FacadeConfig config,
    HostCheck hosts,
    int perMinute,
    ApiAuthentication authentication,
    ApiCommands commands,
    CommandRegistry registry,
    Catalogue catalogue,
    Store store,
    Function<String, Optional<String>> environmentOf,
    Supplier<String> newId,
    InstantSource clock) {}
