@NullMarked
package dev.bandmaster.engine.reports;

import org.jspecify.annotations.NullMarked;
