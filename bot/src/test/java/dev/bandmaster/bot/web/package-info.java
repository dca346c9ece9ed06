@NullMarked
package dev.bandmaster.bot.web;

import org.jspecify.annotations.NullMarked;
