@NullMarked
package dev.bandmaster.wire;

import org.jspecify.annotations.NullMarked;
