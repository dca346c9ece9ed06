/** The command line: what people do in Slack, from a shell, by the API. */
@NullMarked
package dev.bandmaster.app.cli;

import org.jspecify.annotations.NullMarked;
