package dev.bandmaster.bot.command;

/** What a person may do at all, somewhere: what help and suggestions may speak of. */
@FunctionalInterface
interface Rights {
  /** Whether any rule could allow this here, with some arguments. */
  boolean mayEver(Asker asker, String permission);
}
