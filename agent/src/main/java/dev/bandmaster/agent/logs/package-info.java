/** The capability {@code logs}: the last lines of declared logs, with secrets replaced. */
@NullMarked
package dev.bandmaster.agent.logs;

import org.jspecify.annotations.NullMarked;
