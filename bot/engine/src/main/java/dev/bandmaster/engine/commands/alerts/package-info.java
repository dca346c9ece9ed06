/** Commands about what is wrong, and about who wants to be notified of it. */
@NullMarked
package dev.bandmaster.engine.commands.alerts;

import org.jspecify.annotations.NullMarked;
