/**
 * What this node has promised, on disk before it is promised: each request runs at most once, and
 * what was interrupted is known after a restart.
 */
@NullMarked
package dev.bandmaster.agent.journal;

import org.jspecify.annotations.NullMarked;
