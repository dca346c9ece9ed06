/** The API under {@code /api/v1}: another door to the same commands, for programs. */
@NullMarked
package dev.bandmaster.app.http.api;

import org.jspecify.annotations.NullMarked;
