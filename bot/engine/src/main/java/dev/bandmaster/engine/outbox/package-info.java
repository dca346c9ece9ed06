/** What Slack is to show, sent from the store until it is there. */
@NullMarked
package dev.bandmaster.engine.outbox;

import org.jspecify.annotations.NullMarked;
