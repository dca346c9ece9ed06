package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;

/** Who asks, and where: all that rights depend on besides the command. */
public record Asker(Person person, Place place) {}
