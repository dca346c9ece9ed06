/**
 * Watches the fleet and notifies people: feeds the detector with what is seen, and keeps what it
 * concludes together with the alerts that follow.
 */
@NullMarked
package dev.bandmaster.engine.alerts;

import org.jspecify.annotations.NullMarked;
