/** Lets something outside notice when alerts cannot reach people any more. */
@NullMarked
package dev.bandmaster.engine.watchdog;

import org.jspecify.annotations.NullMarked;
