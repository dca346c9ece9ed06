/** Plugins that are loaded, replaced and removed while the bot runs, each cut off from the rest. */
@NullMarked
package dev.bandmaster.engine.plugins;

import org.jspecify.annotations.NullMarked;
