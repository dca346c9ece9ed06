/** {@code alias} and {@code unalias}. */
@NullMarked
package dev.bandmaster.engine.commands.aliases;

import org.jspecify.annotations.NullMarked;
