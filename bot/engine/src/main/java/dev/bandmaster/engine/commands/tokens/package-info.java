/** {@code token}: a person's tokens for the API. */
@NullMarked
package dev.bandmaster.engine.commands.tokens;

import org.jspecify.annotations.NullMarked;
