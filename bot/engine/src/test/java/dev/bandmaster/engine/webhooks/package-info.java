@NullMarked
package dev.bandmaster.engine.webhooks;

import org.jspecify.annotations.NullMarked;
