/** Where reports of backends enter the engine. */
@NullMarked
package dev.bandmaster.engine.reports;

import org.jspecify.annotations.NullMarked;
