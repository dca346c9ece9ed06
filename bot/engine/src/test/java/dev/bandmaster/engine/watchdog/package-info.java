@NullMarked
package dev.bandmaster.engine.watchdog;

import org.jspecify.annotations.NullMarked;
