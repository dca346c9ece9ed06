/** Commands that keep others from deploying. */
@NullMarked
package dev.bandmaster.engine.commands.locks;

import org.jspecify.annotations.NullMarked;
