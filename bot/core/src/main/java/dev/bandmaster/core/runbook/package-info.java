/**
 * Runs of runbooks and how they proceed; see {@link dev.bandmaster.core.runbook.RunbookMachine}.
 */
@NullMarked
package dev.bandmaster.core.runbook;

import org.jspecify.annotations.NullMarked;
