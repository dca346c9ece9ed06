/** What the chat delivered, stored before it is acknowledged and handled after. */
@NullMarked
package dev.bandmaster.engine.inbox;

import org.jspecify.annotations.NullMarked;
