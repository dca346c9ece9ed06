/** Replies on their way to the asker, in order, kept on disk while the broker is away. */
@NullMarked
package dev.bandmaster.agent.outbox;

import org.jspecify.annotations.NullMarked;
