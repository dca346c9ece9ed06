@NullMarked
package dev.bandmaster.engine.intake;

import org.jspecify.annotations.NullMarked;
