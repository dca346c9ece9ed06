@NullMarked
package dev.bandmaster.engine.schedules;

import org.jspecify.annotations.NullMarked;
