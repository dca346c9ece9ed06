/** What programs on this node want a person to look at. */
@NullMarked
package dev.bandmaster.agent.alert;

import org.jspecify.annotations.NullMarked;
