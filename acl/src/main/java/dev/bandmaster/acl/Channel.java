package dev.bandmaster.acl;

/**
 * Where it was asked.
 *
 * @param id the channel's id
 * @param direct a conversation of one person with the bot
 * @param externallyShared people from other organizations can read it
 */
public record Channel(String id, boolean direct, boolean externallyShared) {
  public static Channel direct(String id) {
    return new Channel(id, true, false);
  }

  public static Channel internal(String id) {
    return new Channel(id, false, false);
  }

  public static Channel shared(String id) {
    return new Channel(id, false, true);
  }
}
