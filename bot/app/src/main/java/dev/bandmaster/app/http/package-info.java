/** What machines ask the bot over HTTP: how it is, and how much it does. */
@NullMarked
package dev.bandmaster.app.http;

import org.jspecify.annotations.NullMarked;
