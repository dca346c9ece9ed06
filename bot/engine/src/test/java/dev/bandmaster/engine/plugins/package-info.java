@NullMarked
package dev.bandmaster.engine.plugins;

import org.jspecify.annotations.NullMarked;
