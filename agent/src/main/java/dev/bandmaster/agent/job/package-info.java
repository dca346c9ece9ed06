/** Requests at work: supervised, reported, ended in time, always with a final. */
@NullMarked
package dev.bandmaster.agent.job;

import org.jspecify.annotations.NullMarked;
