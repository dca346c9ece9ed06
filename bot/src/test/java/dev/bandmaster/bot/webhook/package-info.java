@NullMarked
package dev.bandmaster.bot.webhook;

import org.jspecify.annotations.NullMarked;
