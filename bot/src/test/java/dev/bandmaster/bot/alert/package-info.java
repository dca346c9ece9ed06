@NullMarked
package dev.bandmaster.bot.alert;

import org.jspecify.annotations.NullMarked;
