/** A chat platform without a chat service: people say lines, and answers are printed. */
@NullMarked
package dev.bandmaster.demo.console;

import org.jspecify.annotations.NullMarked;
