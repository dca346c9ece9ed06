package dev.bandmaster.core.store;

import java.util.Set;

/**
 * Which principals are one and the same person. What was stored before that was known stays under
 * the id it has; the person who asks about a person asks about all of their ids.
 */
public interface Principals {

  /** The one principal of the person with this id: the id itself, unless it is an alias. */
  String canonical(String principal);

  /** All ids of the person with this id, this one and the canonical one included. */
  Set<String> allIds(String principal);
}
