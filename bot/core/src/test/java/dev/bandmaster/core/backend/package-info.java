@NullMarked
package dev.bandmaster.core.backend;

import org.jspecify.annotations.NullMarked;
