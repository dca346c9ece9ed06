@NullMarked
package dev.bandmaster.engine.clock;

import org.jspecify.annotations.NullMarked;
