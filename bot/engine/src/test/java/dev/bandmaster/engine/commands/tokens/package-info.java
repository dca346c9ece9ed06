/** Tests of tokens. */
@NullMarked
package dev.bandmaster.engine.commands.tokens;

import org.jspecify.annotations.NullMarked;
