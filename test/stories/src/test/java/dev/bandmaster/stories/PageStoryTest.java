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

/** The page in a real browser: type, see the thread fill, click, fill in a form, look home. */
@Tag("real")
class PageStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void typingPingFillsTheThreadAndTheButtonAsksAgain() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0));
        Browser browser = new Browser(world.slack().pageUrl())) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      browser.be("ann", "D0ANN");
      browser.type("codeupdate staging web version=1.4.2");
      browser.type("ping");
      browser.openThread(2);
      browser.awaitInThread("6 nodes · took");
      browser.picture("page.png");
      browser.clickInThread("job.again");
      browser.awaitInThread("6 nodes · took", 2);
    }
  }

  @Test
  void peopleU14_theFormOfADeployIsFilledInAndTheHomeTabShowsTheJob()
      throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0));
        Browser browser = new Browser(world.slack().pageUrl())) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      browser.be("ann", "D0ANN");
      browser.type("deploy");
      browser.openThread(1);
      browser.awaitInThread("Fill in a form");
      browser.clickInThread("form.open");
      browser.await(id("dialog"), "Version");
      browser.picture("form.png");
      browser.choose(field("env"), "staging");
      browser.choose(field("app"), "web");
      browser.choose(field("version"), "1.4.2");
      browser.click(id("form.more"));
      browser.await(id("dialog"), "Max failures");
      assertThat(browser.value(field("env"))).as("what was filled in stays").isEqualTo("staging");
      assertThat(browser.value(field("version"))).isEqualTo("web@1.4.2");
      browser.picture("form-whole.png");
      browser.click(id("modal-submit"));
      browser.awaitInThread("2 nodes · took");

      browser.click(id("tab-home"));
      browser.await(id("home-tab"), "Your jobs");
      browser.await(id("home-tab"), "succeeded");
      browser.await(id("home-tab"), "nodes present");
      browser.picture("home.png");
      browser.theme("dark");
      browser.picture("home-dark.png");
    }
  }

  private static By field(String name) {
    return By.cssSelector("[data-input='" + name + "'] [data-action]");
  }
}
