@NullMarked
package dev.bandmaster.agent.journal;

import org.jspecify.annotations.NullMarked;
