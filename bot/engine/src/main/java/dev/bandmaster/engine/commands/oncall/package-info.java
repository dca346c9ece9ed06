/** {@code oncall}. */
@NullMarked
package dev.bandmaster.engine.commands.oncall;

import org.jspecify.annotations.NullMarked;
