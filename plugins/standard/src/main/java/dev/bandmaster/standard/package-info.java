/** The commands every Bandmaster has; each in a package of its own. */
@NullMarked
package dev.bandmaster.standard;

import org.jspecify.annotations.NullMarked;
