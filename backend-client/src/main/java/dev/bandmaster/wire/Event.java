package dev.bandmaster.wire;

/** What a node tells everybody who watches, unasked. */
public sealed interface Event permits PresenceEvent, JobEvent, AlertEvent, Enrolment {
  Stamp stamp();
}
