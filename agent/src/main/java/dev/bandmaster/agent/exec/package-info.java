/** Modules that others have written: programs that read JSON and print JSON lines. */
@NullMarked
package dev.bandmaster.agent.exec;

import org.jspecify.annotations.NullMarked;
