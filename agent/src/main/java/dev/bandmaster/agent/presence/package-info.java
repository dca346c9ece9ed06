/** Announces that the node joins, is alive, changes and leaves. */
@NullMarked
package dev.bandmaster.agent.presence;

import org.jspecify.annotations.NullMarked;
