@NullMarked
package dev.bandmaster.core.approval;

import org.jspecify.annotations.NullMarked;
