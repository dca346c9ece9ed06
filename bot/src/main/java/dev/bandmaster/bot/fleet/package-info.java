/** Who is there: presence, node selection and enrolment. */
@NullMarked
package dev.bandmaster.bot.fleet;

import org.jspecify.annotations.NullMarked;
