/** Commands that programs give by HTTP: who they are, and what becomes of what they ask. */
@NullMarked
package dev.bandmaster.engine.api;

import org.jspecify.annotations.NullMarked;
