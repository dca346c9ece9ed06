/** Tests of the ledger. */
@NullMarked
package dev.bandmaster.testkit.ledger;

import org.jspecify.annotations.NullMarked;
