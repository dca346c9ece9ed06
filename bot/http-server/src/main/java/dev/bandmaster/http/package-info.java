/**
 * An HTTP server that is bounded before anything of a request is read: connections, headers,
 * bodies, time and rate. The bot and the simulated Slack serve through it; it knows neither.
 */
@NullMarked
package dev.bandmaster.http;

import org.jspecify.annotations.NullMarked;
