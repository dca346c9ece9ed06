@NullMarked
package dev.bandmaster.backends.bus;

import org.jspecify.annotations.NullMarked;
