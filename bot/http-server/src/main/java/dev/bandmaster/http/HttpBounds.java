package dev.bandmaster.http;

import java.time.Duration;

/**
 * What a server accepts of strangers. Nothing here depends on what a request asks for, so it holds
 * before a token or a signature is looked at.
 *
 * @param connections open connections in all
 * @param perAddress open connections of one address; an IPv6 network of 64 bits counts as one
 * @param headerBytes bytes of the request line and all headers together
 * @param headerCount headers of a request
 * @param targetLength characters of a request's target: path and query
 * @param bodyBytes bytes of one body
 * @param allBodyBytes bytes of all bodies that are being received or handled
 * @param times how long a client may take
 * @param rate how many requests one address may send
 */
public record HttpBounds(
    int connections,
    int perAddress,
    int headerBytes,
    int headerCount,
    int targetLength,
    long bodyBytes,
    long allBodyBytes,
    Times times,
    Rate rate) {

  /**
   * How long a client may take. All of these are totals: a byte now and then extends none of them.
   *
   * @param headers from the connection, or from the first byte of a later request, to the end of
   *     the headers
   * @param body from the end of the headers to the end of the body
   * @param request from the end of the headers to the end of the response; an event stream may take
   *     longer
   * @param idle between two requests, and for any single read or write that waits
   */
  public record Times(Duration headers, Duration body, Duration request, Duration idle) {}

  /**
   * How many requests one address may send.
   *
   * @param perSecond in the long run
   * @param burst at once
   * @param addresses for how many addresses this is counted; beyond that the address that has been
   *     silent for longest is forgotten
   */
  public record Rate(int perSecond, int burst, int addresses) {}

  /**
   * For a process with a heap of about 100 MiB that machines ask: monitoring, webhooks, a proxy.
   *
   * <p>256 connections with 8 KiB of headers each are 10 MiB of heap at the very most; half of them
   * for one address, because a proxy is one address and must not take all. 8 KiB is what most
   * proxies pass on. A body may have 4 MiB, so that the sender of a webhook of more than 1 MiB
   * still gets the answer that says so; 16 MiB for all bodies are the sixteen largest webhooks at
   * once. Ten seconds are enough for 8 KiB, and for 4 MiB over any network in which a server
   * stands. 100 requests per second are forty times what monitoring and a storm of alerts need.
   */
  public static final HttpBounds STANDARD =
      new HttpBounds(
          256,
          128,
          8 << 10,
          100,
          4 << 10,
          4L << 20,
          16L << 20,
          new Times(
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              Duration.ofSeconds(30)),
          new Rate(100, 400, 4_096));

  public HttpBounds {
    if (connections < 1 || perAddress < 1 || headerBytes < 256 || headerCount < 1) {
      throw new IllegalArgumentException("A server needs room for at least one request.");
    }
  }

  /** The same with other numbers of connections. */
  public HttpBounds withConnections(int all, int ofOneAddress) {
    return new HttpBounds(
        all,
        ofOneAddress,
        headerBytes,
        headerCount,
        targetLength,
        bodyBytes,
        allBodyBytes,
        times,
        rate);
  }

  /** The same with other sizes of bodies. */
  public HttpBounds withBodies(long one, long all) {
    return new HttpBounds(
        connections, perAddress, headerBytes, headerCount, targetLength, one, all, times, rate);
  }

  /** The same with other times. */
  public HttpBounds withTimes(Times other) {
    return new HttpBounds(
        connections,
        perAddress,
        headerBytes,
        headerCount,
        targetLength,
        bodyBytes,
        allBodyBytes,
        other,
        rate);
  }

  /** The same with another rate. */
  public HttpBounds withRate(Rate other) {
    return new HttpBounds(
        connections,
        perAddress,
        headerBytes,
        headerCount,
        targetLength,
        bodyBytes,
        allBodyBytes,
        times,
        other);
  }
}
