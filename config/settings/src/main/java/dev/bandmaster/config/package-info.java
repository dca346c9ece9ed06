/** What operators write for the bot and for agents, typed and checked. */
@NullMarked
package dev.bandmaster.config;

import org.jspecify.annotations.NullMarked;
