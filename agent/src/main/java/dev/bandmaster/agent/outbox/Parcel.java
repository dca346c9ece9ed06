package dev.bandmaster.agent.outbox;

import dev.bandmaster.model.TargetReport;

/** A reply with its address. */
record Parcel(String replyTo, TargetReport reply) {}
