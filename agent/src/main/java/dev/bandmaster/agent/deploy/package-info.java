/**
 * Releases of apps on this node: fetch, verify, unpack, link, switch, restart, look whether it is
 * healthy, go back when it is not.
 */
@NullMarked
package dev.bandmaster.agent.deploy;

import org.jspecify.annotations.NullMarked;
