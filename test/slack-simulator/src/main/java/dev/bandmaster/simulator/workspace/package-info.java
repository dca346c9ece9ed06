/** What a simulated workspace consists of before anybody has said anything. */
@NullMarked
package dev.bandmaster.simulator.workspace;

import org.jspecify.annotations.NullMarked;
