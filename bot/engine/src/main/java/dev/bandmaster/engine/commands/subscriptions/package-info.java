/** Commands about channels that are told of jobs. */
@NullMarked
package dev.bandmaster.engine.commands.subscriptions;

import org.jspecify.annotations.NullMarked;
