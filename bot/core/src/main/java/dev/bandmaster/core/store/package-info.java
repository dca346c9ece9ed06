/**
 * What is kept, as the rest of the bot sees it: changes that are committed together, and questions
 * that can be asked. No SQL types.
 */
@NullMarked
package dev.bandmaster.core.store;

import org.jspecify.annotations.NullMarked;
