@NullMarked
package dev.bandmaster.broker;

import org.jspecify.annotations.NullMarked;
