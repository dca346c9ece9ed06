/**
 * A small AMQP 0-9-1 broker inside the process, so that the demo and the tests need nothing
 * installed; and a RabbitMQ of our own, for tests that kill it.
 */
@NullMarked
package dev.bandmaster.broker;

import org.jspecify.annotations.NullMarked;
