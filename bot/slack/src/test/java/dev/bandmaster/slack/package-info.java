/** Proves what the door to Slack promises, against a Slack that behaves. */
@NullMarked
package dev.bandmaster.slack;

import org.jspecify.annotations.NullMarked;
