package dev.bandmaster.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * The addresses of a network, such as {@code 10.20.0.0/16} or {@code 2001:db8::/48}.
 *
 * @param base the first of them
 * @param bits how many leading bits they have in common
 */
public record NetworkRange(InetAddress base, int bits) {

  /** Whoever means half of the internet has made a mistake. */
  private static final int WIDEST = 8;

  /** Reads a network; empty if it is none, is too wide, or does not begin at its first address. */
  static Optional<NetworkRange> parse(String text) {
    String[] sides = text.split("/", -1);
    if (sides.length != 2 || !sides[1].matches("[0-9]{1,3}") || sides[0].contains("%")) {
      return Optional.empty();
    }
    try {
      NetworkRange range =
          new NetworkRange(InetAddress.ofLiteral(sides[0]), Integer.parseInt(sides[1]));
      return range.bits >= WIDEST
              && range.bits <= range.base.getAddress().length * 8
              && Arrays.equals(range.base.getAddress(), range.first(range.base.getAddress()))
          ? Optional.of(range)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of the network's. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == base.getAddress().length
        && Arrays.equals(base.getAddress(), first(bytes));
  }

  /** An address without the bits in which those of the network differ. */
  private byte[] first(byte[] address) {
    byte[] first = address.clone();
    for (int bit = bits; bit < first.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return first;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
