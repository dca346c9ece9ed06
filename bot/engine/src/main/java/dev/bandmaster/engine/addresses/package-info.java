/**
 * Pools of addresses: a machine that asks gets a free one of its role, keeps it while it lives, and
 * its address is given back when it is gone.
 */
@NullMarked
package dev.bandmaster.engine.addresses;

import org.jspecify.annotations.NullMarked;
