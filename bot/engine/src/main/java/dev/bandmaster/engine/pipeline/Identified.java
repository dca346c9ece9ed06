package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Person;

/** A command whose asker is known. */
record Identified(CommandRequest asked, Person person) {}
