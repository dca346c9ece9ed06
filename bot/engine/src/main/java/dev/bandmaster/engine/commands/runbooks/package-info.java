/** {@code run}, {@code runbooks} and {@code answer}. */
@NullMarked
package dev.bandmaster.engine.commands.runbooks;

import org.jspecify.annotations.NullMarked;
