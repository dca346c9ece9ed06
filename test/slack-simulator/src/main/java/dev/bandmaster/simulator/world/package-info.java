/** The state of the simulated workspace: conversations, messages, files and views. */
@NullMarked
package dev.bandmaster.simulator.world;

import org.jspecify.annotations.NullMarked;
