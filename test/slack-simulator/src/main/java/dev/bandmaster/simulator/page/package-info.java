/** What the embedding program may add to the page. */
@NullMarked
package dev.bandmaster.simulator.page;

import org.jspecify.annotations.NullMarked;
