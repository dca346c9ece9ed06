/** {@code plugins}: which plugins there are, and loading and removing them. */
@NullMarked
package dev.bandmaster.engine.commands.plugins;

import org.jspecify.annotations.NullMarked;
