/**
 * Watches the fleet and tells people: feeds the detector with what is heard, and keeps what it
 * concludes together with the alerts that follow.
 */
@NullMarked
package dev.bandmaster.engine.alerts;

import org.jspecify.annotations.NullMarked;
