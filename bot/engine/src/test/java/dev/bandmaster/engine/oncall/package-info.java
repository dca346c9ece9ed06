@NullMarked
package dev.bandmaster.engine.oncall;

import org.jspecify.annotations.NullMarked;
