/** Who is there: presence, node selection and enrolment. */
@NullMarked
package dev.bandmaster.engine.fleet;

import org.jspecify.annotations.NullMarked;
