/** Holds what was asked, what happened and what was told against each other. */
@NullMarked
package dev.bandmaster.testkit.ledger;

import org.jspecify.annotations.NullMarked;
