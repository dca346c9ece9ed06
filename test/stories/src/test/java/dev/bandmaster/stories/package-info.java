/** Stories from one end to the other: a person types, real agents do it, the thread tells. */
@NullMarked
package dev.bandmaster.stories;

import org.jspecify.annotations.NullMarked;
