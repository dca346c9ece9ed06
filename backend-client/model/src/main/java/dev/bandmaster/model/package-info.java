/**
 * The vocabulary that the bot, its backends and the agents share: nodes and how they are named and
 * chosen, what they report, and data of actions. No library that reads, writes or sends.
 */
@NullMarked
package dev.bandmaster.model;

import org.jspecify.annotations.NullMarked;
