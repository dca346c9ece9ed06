/** The built-in commands, by topic. */
@NullMarked
package dev.bandmaster.engine.commands;

import org.jspecify.annotations.NullMarked;
