@NullMarked
package dev.bandmaster.yaml;

import org.jspecify.annotations.NullMarked;
