package dev.bandmaster.core.alert;

/**
 * Where an episode is shown.
 *
 * @param channel the channel's id
 * @param mention the id of the user group that is called, or ids of people, each after an {@code @}
 *     and with commas between them; may be empty
 * @param insteadOf the channel that was meant and refused; may be empty
 */
public record Destination(String channel, String mention, String insteadOf) {
  /** In a channel, calling nobody. */
  public static Destination in(String channel) {
    return new Destination(channel, "", "");
  }
}
