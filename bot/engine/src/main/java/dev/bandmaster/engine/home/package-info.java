/** Each person's home tab: their jobs, what waits for them, and the fleet at a glance. */
@NullMarked
package dev.bandmaster.engine.home;

import org.jspecify.annotations.NullMarked;
