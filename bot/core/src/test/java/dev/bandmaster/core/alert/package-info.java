@NullMarked
package dev.bandmaster.core.alert;

import org.jspecify.annotations.NullMarked;
