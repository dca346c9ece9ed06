@NullMarked
package dev.bandmaster.config.yaml;

import org.jspecify.annotations.NullMarked;
