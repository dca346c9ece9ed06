package dev.bandmaster.yaml;

import java.nio.file.Path;

/**
 * What every value of one file shares while it is read.
 *
 * @param directory the file's folder: relative paths start here
 */
record Reading(Path directory, Environment environment, Problems problems) {}
