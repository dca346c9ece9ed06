/**
 * A small AMQP 0-9-1 broker inside the process, so that the demo and the tests need nothing
 * installed.
 */
@NullMarked
package dev.bandmaster.broker;

import org.jspecify.annotations.NullMarked;
