@NullMarked
package dev.bandmaster.agent.process;

import org.jspecify.annotations.NullMarked;
