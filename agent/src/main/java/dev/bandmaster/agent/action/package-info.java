/** What a module of the agent is made of: declared actions, their arguments, how they end. */
@NullMarked
package dev.bandmaster.agent.action;

import org.jspecify.annotations.NullMarked;
