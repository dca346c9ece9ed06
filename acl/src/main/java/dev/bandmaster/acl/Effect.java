package dev.bandmaster.acl;

/** What a rule does when it applies: a deny beats an approve, an approve beats an allow. */
public enum Effect {
  ALLOW,
  DENY,
  APPROVE
}
