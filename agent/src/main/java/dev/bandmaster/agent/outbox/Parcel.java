package dev.bandmaster.agent.outbox;

import dev.bandmaster.wire.Reply;

/** A reply with its address. */
record Parcel(String replyTo, Reply reply) {}
