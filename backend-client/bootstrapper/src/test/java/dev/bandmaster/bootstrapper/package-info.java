@NullMarked
package dev.bandmaster.bootstrapper;

import org.jspecify.annotations.NullMarked;
