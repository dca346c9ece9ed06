@NullMarked
package dev.bandmaster.app.oncall;

import org.jspecify.annotations.NullMarked;
