@NullMarked
package dev.bandmaster.agent.deploy;

import org.jspecify.annotations.NullMarked;
