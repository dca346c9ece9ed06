@NullMarked
package dev.bandmaster.engine.home;

import org.jspecify.annotations.NullMarked;
