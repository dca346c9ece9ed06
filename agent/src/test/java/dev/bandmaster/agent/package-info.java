@NullMarked
package dev.bandmaster.agent;

import org.jspecify.annotations.NullMarked;
