/**
 * The bootstrapper's own API, answered by the bot's jobs: scripts that call a bootstrapper call the
 * bot instead, and need not be changed.
 */
@NullMarked
package dev.bandmaster.app.http.facade;

import org.jspecify.annotations.NullMarked;
