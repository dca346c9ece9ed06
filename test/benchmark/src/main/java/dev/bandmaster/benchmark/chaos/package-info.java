/**
 * Kills and cuts everything while people type commands, and holds what was promised against what
 * happened: {@code bandmaster bench chaos}.
 */
@NullMarked
package dev.bandmaster.benchmark.chaos;

import org.jspecify.annotations.NullMarked;
