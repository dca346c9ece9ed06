@NullMarked
package dev.bandmaster.engine.addresses;

import org.jspecify.annotations.NullMarked;
