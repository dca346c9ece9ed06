package dev.bandmaster.app.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.engine.oncall.Duty;
import dev.bandmaster.engine.oncall.DutySource.DutyUnknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutySourcesTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Contacts CONTACTS =
      new Contacts(
          Map.of("Ann@Example.com", "U1", "Bob Baker", "U2"), name -> name.matches("U[0-9A-Z]+"));

  // --- Rotas ---

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T08:00:00Z,U1,2026-01-12T08:00:00Z",
    "2026-01-12T07:59:59Z,U1,2026-01-12T08:00:00Z",
    "2026-01-12T08:00:00Z,U2,2026-01-19T08:00:00Z",
    "2026-01-26T08:00:00Z,U1,2026-02-02T08:00:00Z",
    // In summer nine o'clock in Paris is an hour earlier by UTC.
    "2026-03-30T06:59:59Z,U3,2026-03-30T07:00:00Z",
    "2026-03-30T07:00:00Z,U1,2026-04-06T07:00:00Z",
    "2026-10-26T07:59:59Z,U3,2026-10-26T08:00:00Z",
    "2026-10-26T08:00:00Z,U1,2026-11-02T08:00:00Z"
  })
  void commandW5_aRotaChangesAtTheSameTimeOfDay(Instant now, String person, Instant until)
      throws Exception {
    RotaDuty rota =
        new RotaDuty(
            List.of("U1", "U2", "U3"),
            Duration.ofDays(7),
            LocalDateTime.parse("2026-01-05T09:00"),
            PARIS);
    assertThat(rota.at(now)).isEqualTo(new Duty(List.of(person), List.of(), Optional.of(until)));
  }

  @Test
  void commandW5_aRotaOfHoursCountsHours() throws Exception {
    RotaDuty rota =
        new RotaDuty(
            List.of("U1", "U2"),
            Duration.ofHours(12),
            LocalDateTime.parse("2026-11-30T08:00"),
            ZoneId.of("UTC"));
    assertThat(rota.at(NOON).people()).containsExactly("U1");
    assertThat(rota.at(NOON.plusSeconds(8 * 3_600)).people()).containsExactly("U2");
    assertThatThrownBy(() -> rota.at(NOON.minusSeconds(8 * 3_600))).isInstanceOf(DutyUnknown.class);
  }

  // --- Programs ---

  @Test
  void commandW5_aProgramPrintsOnePersonInEachLineAndSeesNoShell() throws Exception {
    CommandDuty program =
        new CommandDuty(
            List.of("/usr/bin/printf", "%s\\n", "ann@example.com", "U7", "$(id)"),
            Duration.ofSeconds(10),
            CONTACTS);
    assertThat(program.at(NOON))
        .isEqualTo(new Duty(List.of("U1", "U7"), List.of("$(id)"), Optional.empty()));
    assertThatThrownBy(
            () -> new CommandDuty(List.of("/bin/false"), Duration.ofSeconds(10), CONTACTS).at(NOON))
        .hasMessageContaining("exit status 1");
    assertThatThrownBy(
            () -> new CommandDuty(List.of("/no/such"), Duration.ofSeconds(10), CONTACTS).at(NOON))
        .isInstanceOf(DutyUnknown.class);
    assertThatThrownBy(() ->
            new CommandDuty(List.of("/bin/sleep", "60"), Duration.ofSeconds(1), CONTACTS).at(NOON))
        .hasMessageContaining("within 1 s");
  }

  // --- Calendars ---

  private static String calendar(String... events) {
    StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t\r\n");
    for (String event : events) {
      text.append("BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n")
          .append(event.replace("\n", "\r\n"))
          .append("\r\nEND:VEVENT\r\n");
    }
    return text.append("END:VCALENDAR\r\n").toString();
  }

  private static Duty duty(String calendar, Instant now) throws DutyUnknown {
    CalendarReader.Shift shift = CalendarReader.at(calendar, now, PARIS);
    return CONTACTS.duty(shift.names(), shift.until());
  }

  @Test
  void commandW5_theEventThatIsOnSaysWho() throws Exception {
    String calendar =
        calendar(
            "UID:1\nDTSTART:20261130T080000Z\nDTEND:20261130T200000Z\n"
                + "SUMMARY:primary\nATTENDEE;CN=Ann:mailto:ANN@example.com",
            "UID:2\nDTSTART:20261130T200000Z\nDTEND:20261201T080000Z\nSUMMARY:Bob Baker",
            "UID:3\nDTSTART:20261130T080000Z\nDTEND:20261130T200000Z\nSUMMARY:off\n"
                + "STATUS:CANCELLED");
    assertThat(duty(calendar, NOON))
        .isEqualTo(
            new Duty(List.of("U1"), List.of(), Optional.of(Instant.parse("2026-11-30T20:00:00Z"))));
    assertThat(duty(calendar, Instant.parse("2026-11-30T20:00:00Z")).people())
        .containsExactly("U2");
    assertThat(duty(calendar, Instant.parse("2026-12-02T00:00:00Z")).people()).isEmpty();
  }

  @Test
  void commandW5_repeatedEventsTheirExceptionsAndTimeZonesCount() throws Exception {
    String calendar =
        calendar(
            """
            UID:1
            DTSTART;TZID=Europe/Paris:20260105T090000
            DTEND;TZID=Europe/Paris:20260112T090000
            RRULE:FREQ=WEEKLY;INTERVAL=2
            EXDATE;TZID=Europe/Paris:20260202T090000
            SUMMARY:Bob Baker\
            """,
            """
            UID:1
            RECURRENCE-ID;TZID=Europe/Paris:20260119T090000
            DTSTART;TZID=Europe/Paris:20260119T090000
            DTEND;TZID=Europe/Paris:20260126T090000
            SUMMARY:ann@example.com\
            """);
    assertThat(duty(calendar, Instant.parse("2026-01-06T00:00:00Z")).people())
        .containsExactly("U2");
    assertThat(duty(calendar, Instant.parse("2026-01-13T00:00:00Z")).people()).isEmpty();
    assertThat(duty(calendar, Instant.parse("2026-01-20T00:00:00Z")).people())
        .as("an occurrence that was changed")
        .containsExactly("U1");
    assertThat(duty(calendar, Instant.parse("2026-02-03T00:00:00Z")).people())
        .as("an occurrence that was taken out")
        .isEmpty();
    assertThat(duty(calendar, Instant.parse("2036-03-25T12:00:00Z")).unknown()).isEmpty();
    Duty summer = duty(calendar, Instant.parse("2026-06-23T00:00:00Z"));
    assertThat(summer.people()).containsExactly("U2");
    assertThat(summer.until())
        .as("nine in Paris, in summer")
        .contains(Instant.parse("2026-06-29T07:00:00Z"));
  }

  @Test
  void commandW5_whatIsNoCalendarIsAReasonAndNotAFault() {
    for (String text : List.of("", "<html>", "BEGIN:VCALENDAR", "\0\0", "BEGIN:".repeat(5_000))) {
      try {
        assertThat(CalendarReader.at(text, NOON, PARIS).names()).isEmpty();
      } catch (DutyUnknown e) {
        assertThat(e.getMessage()).endsWith(".");
      }
    }
  }

  @Test
  void commandW5_aCalendarOnAServerIsBoundedAndItsAddressASecret() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread::startVirtualThread);
    answer(
        server,
        "/good",
        200,
        calendar("UID:1\nDTSTART:20261130T080000Z\nDTEND:20261130T200000Z\nSUMMARY:U9"));
    answer(server, "/gone", 404, "secret-token is unknown");
    answer(server, "/large", 200, "x".repeat(3 * 1024 * 1024));
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try {
      assertThat(at(server, "/good").people()).containsExactly("U9");
      for (String path : List.of("/gone", "/large", "/slow")) {
        assertThatThrownBy(() -> at(server, path))
            .isInstanceOf(DutyUnknown.class)
            .hasMessageNotContaining("secret-token")
            .hasMessageNotContaining("127.0.0.1");
      }
    } finally {
      end.countDown();
      server.stop(0);
    }
    assertThatThrownBy(() -> at(server, "/good")).hasMessageContaining("cannot be reached");
  }

  private static Duty at(HttpServer server, String path) throws DutyUnknown, InterruptedException {
    URI address =
        URI.create(
            "http://127.0.0.1:%d%s?secret-token".formatted(server.getAddress().getPort(), path));
    return new CalendarDuty(
            address, Duration.ofSeconds(2), PARIS, CONTACTS, CalendarDuty.standardClient())
        .at(NOON);
  }

  private static void answer(HttpServer server, String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (IOException e) {
            // The reader had enough.
          }
        });
  }
}
