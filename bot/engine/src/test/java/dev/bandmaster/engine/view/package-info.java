@NullMarked
package dev.bandmaster.engine.view;

import org.jspecify.annotations.NullMarked;
