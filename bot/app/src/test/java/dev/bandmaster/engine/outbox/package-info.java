@NullMarked
package dev.bandmaster.engine.outbox;

import org.jspecify.annotations.NullMarked;
