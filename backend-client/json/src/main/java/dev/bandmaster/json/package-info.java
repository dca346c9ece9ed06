/** Data of the model as JSON. */
@NullMarked
package dev.bandmaster.json;

import org.jspecify.annotations.NullMarked;
