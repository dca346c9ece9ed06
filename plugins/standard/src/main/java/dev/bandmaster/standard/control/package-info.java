/**
 * {@code start}, {@code stop}, {@code restart} and {@code reload}: what is installed, controlled.
 */
@NullMarked
package dev.bandmaster.standard.control;

import org.jspecify.annotations.NullMarked;
