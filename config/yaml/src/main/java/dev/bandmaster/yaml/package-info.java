/** Reads YAML files strictly: nothing unknown, nothing guessed, every mistake with its line. */
@NullMarked
package dev.bandmaster.yaml;

import org.jspecify.annotations.NullMarked;
