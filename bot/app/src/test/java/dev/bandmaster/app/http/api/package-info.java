/** Tests of the API's description. */
@NullMarked
package dev.bandmaster.app.http.api;

import org.jspecify.annotations.NullMarked;
