@NullMarked
package dev.bandmaster.backends.bootstrapper;

import org.jspecify.annotations.NullMarked;
