/** Commands about times in which nothing is deployed. */
@NullMarked
package dev.bandmaster.engine.commands.freezes;

import org.jspecify.annotations.NullMarked;
