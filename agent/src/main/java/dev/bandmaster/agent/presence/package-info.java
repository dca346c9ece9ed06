/** Tells everybody who watches that the node comes, is there, changes, goes. */
@NullMarked
package dev.bandmaster.agent.presence;

import org.jspecify.annotations.NullMarked;
