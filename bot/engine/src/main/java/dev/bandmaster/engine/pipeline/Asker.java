package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Person;

/** Who asks, and where: all that rights depend on besides the command. */
public record Asker(Person person, ConversationRef place) {}
