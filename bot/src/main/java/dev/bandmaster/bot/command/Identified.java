package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Person;

/** A command whose asker is known. */
record Identified(Asked asked, Person person) {}
