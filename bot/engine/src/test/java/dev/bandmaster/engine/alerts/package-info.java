@NullMarked
package dev.bandmaster.engine.alerts;

import org.jspecify.annotations.NullMarked;
