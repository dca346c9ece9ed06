package dev.bandmaster.model;

/** What a node announces to all watchers, unasked. */
public sealed interface NodeEvent permits PresenceEvent, WorkEvent, AlertEvent, Enrolment {
  EventStamp stamp();
}
