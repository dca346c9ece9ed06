@NullMarked
package dev.bandmaster.core.runbook;

import org.jspecify.annotations.NullMarked;
