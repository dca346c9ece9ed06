/** {@code status}, {@code versions} and {@code changes}: what runs where, and what could. */
@NullMarked
package dev.bandmaster.engine.commands.apps;

import org.jspecify.annotations.NullMarked;
