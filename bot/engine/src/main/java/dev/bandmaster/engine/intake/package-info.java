/**
 * What people do in the chat besides typing: clicks, dialogs, and where all of it becomes a
 * command.
 */
@NullMarked
package dev.bandmaster.engine.intake;

import org.jspecify.annotations.NullMarked;
