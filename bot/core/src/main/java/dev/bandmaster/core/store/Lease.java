package dev.bandmaster.core.store;

/**
 * The right to act under a replica's name: to advance its jobs and to take the replies that are
 * addressed to it. Held by one process at a time; the one that takes it over raises the epoch, and
 * from then on nothing can be committed under the old one.
 *
 * @param name the replica's name
 * @param holder the process that holds it
 * @param epoch how often it has changed hands
 */
public record Lease(String name, String holder, long epoch) {}
