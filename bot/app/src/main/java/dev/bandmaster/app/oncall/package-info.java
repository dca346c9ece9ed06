/** Where it is said who is on call: rotas, programs and calendars. */
@NullMarked
package dev.bandmaster.app.oncall;

import org.jspecify.annotations.NullMarked;
