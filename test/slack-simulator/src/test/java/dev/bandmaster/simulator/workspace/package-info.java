/** Tests of the workspace and its file. */
@NullMarked
package dev.bandmaster.simulator.workspace;

import org.jspecify.annotations.NullMarked;
