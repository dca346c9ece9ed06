package dev.bandmaster.bot.command;

import dev.bandmaster.plugin.Planned;

/** A command with its plan. */
record Prepared(Authorised authorised, Planned.Work work) {}
