/** The agent bus over AMQP 0-9-1; the only package of this module in which AMQP types appear. */
@NullMarked
package dev.bandmaster.bus;

import org.jspecify.annotations.NullMarked;
