package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.OnCallConfig;
import dev.bandmaster.simulator.control.SeenMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on call, as people see it. */
class OnCallStoryTest {
  @TempDir private static Path folder;
  private static FleetStage stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    OnCallConfig rota =
        new OnCallConfig(
            List.of("U0BOB"),
            Duration.ofDays(7),
            Optional.of(LocalDateTime.parse("2026-01-05T09:00")),
            List.of(),
            Duration.ofSeconds(10),
            Optional.empty(),
            List.of(),
            Duration.ofMinutes(5),
            Optional.empty());
    OnCallConfig program =
        new OnCallConfig(
            List.of(),
            Duration.ofDays(7),
            Optional.empty(),
            List.of("/bin/echo", "ann@example.com"),
            Duration.ofSeconds(10),
            Optional.empty(),
            List.of(new OnCallConfig.Contact("Ann@example.com", "U0ANN")),
            Duration.ofMinutes(5),
            Optional.empty());
    stage =
        new FleetStage(
            folder,
            "prod",
            config -> config.withOnCall(Map.of("sre", rota, "db", program), "oncall:sre"),
            UnaryOperator.identity());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  private static String says(String text) {
    return stage.slack().say("ann", "#ops", "@bandmaster " + text);
  }

  @Test
  void commandW5_oncallSaysWhoFromARotaAndAProgram() throws InterruptedException {
    String question = says("oncall");
    stage.awaitAnswer("#ops", question, "*sre*", "<@U0BOB>", "until", "*db*");
    // The program is asked in the background when the bot starts.
    FleetStage.await(
        "the program has answered",
        () -> {
          try {
            String again = says("oncall db");
            return stage.awaitAnswer("#ops", again, "db").shown().contains("<@U0ANN>");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void commandW5_aRequestForApprovalMentionsWhoeverIsOnCall() throws InterruptedException {
    String question = says("codeupdate prod web version=1.4.2");
    SeenMessage waits = stage.awaitAnswer("#ops", question, "Awaits approval");
    stage.awaitAnswer("#ops", question, "<@U0BOB>", "awaits approval.");
    stage.slack().click("bob", "#ops", waits.ts(), "approval.approve");
    assertThat(stage.awaitAnswer("#ops", question, "4 nodes · took").ts()).isEqualTo(waits.ts());
  }
}
