package dev.bandmaster.app.oncall;

import dev.bandmaster.engine.oncall.Duty;
import dev.bandmaster.engine.oncall.DutySource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A calendar on a web server. Its address is a secret: no message and no log holds it.
 *
 * @param address where it is
 * @param timeout of the whole answer
 * @param zone of events that have none of their own
 */
public record CalendarDuty(
    URI address, Duration timeout, ZoneId zone, Contacts contacts, HttpClient client)
    implements DutySource {

  /** Characters of a calendar; a year of shifts is far smaller. */
  private static final int LARGEST = 2 * 1024 * 1024;

  /** A client as these calendars need it: it follows redirects, but never from https to http. */
  public static HttpClient standardClient() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  @Override
  public Duty at(Instant now) throws DutyUnknown, InterruptedException {
    String text = fetched();
    CalendarReader.Shift shift = CalendarReader.at(text, now, zone);
    return contacts.duty(shift.names(), shift.until());
  }

  /** A server that sends a byte now and then takes no longer than any other. */
  private String fetched() throws DutyUnknown, InterruptedException {
    FutureTask<String> task = new FutureTask<>(this::fetch);
    Thread thread = Thread.ofVirtual().name("oncall-calendar").start(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DutyUnknown known) {
        throw known;
      }
      if (e.getCause() instanceof HttpTimeoutException) {
        throw late();
      }
      throw new DutyUnknown("The calendar's server cannot be reached.");
    } finally {
      thread.interrupt();
    }
  }

  private DutyUnknown late() {
    return new DutyUnknown(
        "The calendar's server did not answer within %d s.".formatted(timeout.toSeconds()));
  }

  private String fetch() throws IOException, InterruptedException, DutyUnknown {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Accept", "text/calendar")
            .GET()
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new DutyUnknown(
            "The calendar's server answered with status %d.".formatted(response.statusCode()));
      }
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new DutyUnknown(
            "The calendar is larger than %d MiB.".formatted(LARGEST / 1024 / 1024));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
