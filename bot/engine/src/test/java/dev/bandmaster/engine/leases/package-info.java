@NullMarked
package dev.bandmaster.engine.leases;

import org.jspecify.annotations.NullMarked;
