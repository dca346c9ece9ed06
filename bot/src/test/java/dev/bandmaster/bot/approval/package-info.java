@NullMarked
package dev.bandmaster.bot.approval;

import org.jspecify.annotations.NullMarked;
