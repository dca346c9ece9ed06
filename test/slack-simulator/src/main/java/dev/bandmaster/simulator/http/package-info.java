/** The one HTTP port: the only package that knows the web server. */
@NullMarked
package dev.bandmaster.simulator.http;

import org.jspecify.annotations.NullMarked;
