package dev.bandmaster.stories;

import static dev.bandmaster.stories.Browser.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** A node falls silent, in the demo, seen in a browser. */
@Tag("real")
class AlertPageStoryTest {
  private static final String OPS = "C0OPS";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final By CHANNEL = id("messages");
  private static final By CABLE = id("side-cable-web2");

  @Test
  void alertA5_theCableOfANodeIsCutBobLooksAfterItAndTheMessageClosesItself()
      throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0));
        Browser browser = new Browser(world.slack().pageUrl())) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      browser.be("bob", OPS);
      browser.await(CABLE, "Disconnect web2");
      browser.click(CABLE);

      browser.await(CHANNEL, "A node is down in staging");
      browser.await(CHANNEL, "web2 last heard at");
      browser.picture("alert.png");

      browser.click(By.cssSelector("[data-action='alert.ack']"));
      browser.await(CHANNEL, "acknowledged this at");
      browser.openThread(1);
      browser.awaitInThread("acknowledged this.");
      browser.picture("alert-acknowledged.png");

      browser.await(CABLE, "Reconnect web2");
      browser.click(CABLE);
      browser.awaitInThread("recovered");
      browser.await(CHANNEL, "Resolved: A node is down in staging");
      browser.await(CHANNEL, "resolved");
      assertThat(browser.has(By.cssSelector("[data-action='alert.ack']")))
          .as("what is over has no buttons")
          .isFalse();
      browser.picture("alert-over.png");
    }
  }
}
