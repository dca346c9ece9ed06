/** The agent bus as a backend: RabbitMQ between the bot and the agents. */
@NullMarked
package dev.bandmaster.backends.bus;

import org.jspecify.annotations.NullMarked;
