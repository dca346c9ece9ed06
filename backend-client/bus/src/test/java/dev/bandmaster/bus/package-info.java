@NullMarked
package dev.bandmaster.bus;

import org.jspecify.annotations.NullMarked;
