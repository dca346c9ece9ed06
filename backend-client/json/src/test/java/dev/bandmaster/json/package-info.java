@NullMarked
package dev.bandmaster.json;

import org.jspecify.annotations.NullMarked;
