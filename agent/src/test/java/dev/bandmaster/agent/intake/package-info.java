@NullMarked
package dev.bandmaster.agent.intake;

import org.jspecify.annotations.NullMarked;
