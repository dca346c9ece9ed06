package dev.bandmaster.engine.pipeline;

import dev.bandmaster.model.VersionName;
import java.util.Locale;
import java.util.Set;

/** Versions as people name them where nothing else says that it is a version. */
final class VersionSpelling {

  /** Stands for the newest release. */
  static final String LATEST = "latest";

  private static final Set<String> NEWEST = Set.of(LATEST, "newest");

  private VersionSpelling() {}

  /** Whether a word is a version by its looks, or asks for the newest. */
  static boolean isVersion(String word) {
    return NEWEST.contains(word.toLowerCase(Locale.ROOT)) || VersionName.looksLikeOne(word);
  }

  /** The version in one spelling. */
  static String spelled(String word) {
    return NEWEST.contains(word.toLowerCase(Locale.ROOT)) ? LATEST : word;
  }
}
