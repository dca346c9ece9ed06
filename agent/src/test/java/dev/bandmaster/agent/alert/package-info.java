@NullMarked
package dev.bandmaster.agent.alert;

import org.jspecify.annotations.NullMarked;
