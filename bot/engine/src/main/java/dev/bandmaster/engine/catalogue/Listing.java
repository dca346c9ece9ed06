package dev.bandmaster.engine.catalogue;

import java.util.List;

/** What is known of the versions of an application: none is told from not knowing. */
public sealed interface Listing {

  /** These there are, the newest first; perhaps none. */
  record Known(List<String> versions) implements Listing {
    public Known {
      versions = List.copyOf(versions);
    }
  }

  /** Nothing lists them. */
  record NotListed() implements Listing {}

  /** They cannot be listed now; the reason is a sentence. */
  record Failed(String reason) implements Listing {}

  /** The versions that are known. */
  default List<String> versionsOrNone() {
    return switch (this) {
      case Known(List<String> versions) -> versions;
      case NotListed() -> List.of();
      case Failed _ -> List.of();
    };
  }
}
