/** Tests of what plugin authors see. */
@NullMarked
package dev.bandmaster.plugin;

import org.jspecify.annotations.NullMarked;
