/**
 * What an alert is, how it goes on, and how it reads: pure, with the time as a parameter. {@link
 * dev.bandmaster.core.alert.AlertGroupMachine} decides, {@link
 * dev.bandmaster.engine.view.AlertRenderer} draws.
 */
@NullMarked
package dev.bandmaster.core.alert;

import org.jspecify.annotations.NullMarked;
