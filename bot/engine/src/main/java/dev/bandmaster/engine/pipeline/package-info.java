/**
 * The way of a command from what was typed to an answer or a job; see {@link
 * dev.bandmaster.engine.pipeline.Pipeline}.
 */
@NullMarked
package dev.bandmaster.engine.pipeline;

import org.jspecify.annotations.NullMarked;
