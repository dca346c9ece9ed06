@NullMarked
package dev.bandmaster.engine.approvals;

import org.jspecify.annotations.NullMarked;
