@NullMarked
package dev.bandmaster.agent.outbox;

import org.jspecify.annotations.NullMarked;
