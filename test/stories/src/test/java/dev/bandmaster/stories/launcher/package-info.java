/** The launcher, as a person at a terminal meets it. */
@NullMarked
package dev.bandmaster.stories.launcher;

import org.jspecify.annotations.NullMarked;
