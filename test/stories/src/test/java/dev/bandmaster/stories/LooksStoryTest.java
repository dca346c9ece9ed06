package dev.bandmaster.stories;

import static dev.bandmaster.stories.Browser.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * What a person sees on the page, from the first screen on, on a desk and on a phone. The pictures
 * of README and tutorial are taken here: with {@code -Dbandmaster.regenerate=true} they are written
 * into {@code docs/images}.
 */
@Tag("real")
class LooksStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  @SuppressWarnings("try") // The server stops while the page is open.
  void peopleU19_thePageLeadsSomebodyFromTheFirstScreenToTheEnd()
      throws IOException, InterruptedException {
    try (DemoWorld world =
            DemoWorld.start(Choices.USUAL.withRateScale(0).withStep(Duration.ofSeconds(1)));
        Browser browser = new Browser(world.slack().pageUrl())) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      browser.size(1280, 860);
      browser.be("ann", "D0ANN");
      browser.await(id("suggestions"), "ping");
      browser.await(id("suggestions"), "codeupdate staging web version=1.4.2");
      browser.picture("first.png");

      browser.type("ping");
      browser.awaitInThread("6 nodes · took");
      browser.awaitInThread("latency: min");
      browser.picture("ping.png");

      browser.type("codeupdate staging web version=1.4.2");
      browser.awaitInThread("running for");
      browser.picture("running.png");
      browser.awaitInThread("1.4.1 → 1.4.2");
      browser.awaitInThread("took");
      browser.pictureForDocs("demo.png");
      browser.theme("dark");
      browser.picture("succeeded-dark.png");
      browser.theme("light");

      browser.type("codeupdate staging web version=1.5.0");
      browser.awaitInThread("0 of 2 nodes succeeded");
      browser.pictureForDocs("failed.png");
      browser.theme("dark");
      browser.picture("failed-dark.png");
      browser.size(390, 844);
      browser.picture("failed-phone-dark.png");
      browser.theme("light");
      browser.picture("failed-phone.png");
      assertThat(browser.isCutOff()).as("the page fits a phone").isFalse();
      browser.click(id("thread-close"));
      browser.picture("messages-phone.png");
      browser.click(id("tab-home"));
      browser.await(id("home-tab"), "Your jobs");
      browser.picture("home-phone.png");
      assertThat(browser.isCutOff()).as("the home tab fits a phone").isFalse();
      browser.click(id("tab-messages"));

      browser.size(1280, 860);
      show(browser, "where web", "Versions of web");
      show(browser, "jobs", "Jobs, the newest first");
      show(browser, "discover", "all present");
      show(browser, "history", "What was done");
      show(browser, "job 2 --timing", "Steps");
      browser.click(id("tab-home"));
      browser.await(id("home-tab"), "1.4.2");
      browser.pictureForDocs("home.png");
      browser.theme("dark");
      browser.picture("home-dark.png");
      browser.theme("light");
      browser.click(id("tab-messages"));

      browser.choose(id("person-switch"), "bob · sre");
      assertThat(browser.url()).as("bob's own conversation").contains("channel=D0BOB");

      browser.press(id("message-input"), "half a sentence");
      world.close();
      browser.awaitVisible(id("stopped"));
      browser.press(id("message-input"), Keys.ENTER);
      assertThat(browser.value(id("message-input"))).isEqualTo("half a sentence");
      browser.picture("stopped.png");
    }
  }

  private static void show(Browser browser, String command, String words) throws IOException {
    browser.type(command);
    browser.awaitInThread(words);
    browser.picture(command.replaceAll("[^a-z]+", "-") + ".png");
  }
}
