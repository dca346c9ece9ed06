/** Commands about addresses of the bot's own pools. */
@NullMarked
package dev.bandmaster.engine.commands.addresses;

import org.jspecify.annotations.NullMarked;
