/** Requests for approval: votes, their clock, and who is notified. */
@NullMarked
package dev.bandmaster.engine.approvals;

import org.jspecify.annotations.NullMarked;
