package dev.bandmaster.acl;

/** What a rule says to a request that touches nodes and was not narrowed down. */
public enum FleetWide {
  /** The rule does not cover it. */
  REFUSE,
  /** Covered, once the person has confirmed the number of nodes. */
  ASK,
  /** Covered as it is: right for what changes nothing. */
  ALLOW
}
