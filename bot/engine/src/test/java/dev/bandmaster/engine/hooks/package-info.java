@NullMarked
package dev.bandmaster.engine.hooks;

import org.jspecify.annotations.NullMarked;
