package dev.bandmaster.model;

/** What a node tells everybody who watches, unasked. */
public sealed interface NodeEvent permits PresenceEvent, WorkEvent, AlertEvent, Enrolment {
  EventStamp stamp();
}
