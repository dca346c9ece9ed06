@NullMarked
package dev.bandmaster.config;

import org.jspecify.annotations.NullMarked;
