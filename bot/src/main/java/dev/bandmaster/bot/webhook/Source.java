package dev.bandmaster.bot.webhook;

/**
 * A system outside that may tell the bot what is wrong.
 *
 * @param name what stands in the address
 * @param pace how many deliveries are taken
 * @param complaints how often a log says that one is not taken
 */
record Source(
    String name, Guard guard, BodyReader reader, Pace pace, Pace complaints, Counts counts) {

  Source(String name, Guard guard, BodyReader reader, Pace pace) {
    this(name, guard, reader, pace, new Pace(1), new Counts());
  }
}
