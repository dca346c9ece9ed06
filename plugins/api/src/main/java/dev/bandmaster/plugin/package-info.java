/**
 * What the author of a command sees: a {@linkplain dev.bandmaster.plugin.CommandDeclaration
 * declaration}, typed {@linkplain dev.bandmaster.plugin.Arguments arguments}, a {@linkplain
 * dev.bandmaster.plugin.Planned plan}, the {@linkplain dev.bandmaster.plugin.NodeOutcome outcomes}
 * of the nodes and the {@linkplain dev.bandmaster.plugin.Presenter words} to show them in.
 *
 * <p>There are no Slack, AMQP or SQL types here, and a plugin never does the work itself: it says
 * what is to be done, the bot asks whether it may be, and the agents do it.
 */
@NullMarked
package dev.bandmaster.plugin;

import org.jspecify.annotations.NullMarked;
