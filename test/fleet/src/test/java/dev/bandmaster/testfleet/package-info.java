@NullMarked
package dev.bandmaster.testfleet;

import org.jspecify.annotations.NullMarked;
