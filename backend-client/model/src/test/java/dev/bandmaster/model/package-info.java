@NullMarked
package dev.bandmaster.model;

import org.jspecify.annotations.NullMarked;
