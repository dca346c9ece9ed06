@NullMarked
package dev.bandmaster.bot.home;

import org.jspecify.annotations.NullMarked;
