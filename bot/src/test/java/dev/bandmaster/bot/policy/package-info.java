/** Proves how the policy in force is kept. */
@NullMarked
package dev.bandmaster.bot.policy;

import org.jspecify.annotations.NullMarked;
