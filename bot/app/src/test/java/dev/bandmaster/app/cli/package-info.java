/** Tests of the command line. */
@NullMarked
package dev.bandmaster.app.cli;

import org.jspecify.annotations.NullMarked;
