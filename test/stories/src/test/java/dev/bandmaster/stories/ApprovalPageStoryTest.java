package dev.bandmaster.stories;

import static dev.bandmaster.stories.Browser.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** A deploy to prod that somebody has to approve, in a real browser. */
@Tag("real")
class ApprovalPageStoryTest {
  private static final String OPS = "C0OPS";
  private static final String DEPLOY =
      "@bandmaster codeupdate prod web version=1.4.2 --canary 1 --batch 2";
  private static final By PRIVATE =
      By.cssSelector("[data-testid='thread-messages'] .message.ephemeral");

  @TempDir private Path folder;

  @ParameterizedTest(name = "the bot is killed between request and click: {0}")
  @ValueSource(booleans = {false, true})
  void approvalP16_annAsksHerOwnClickIsRefusedAndBobApproves(boolean killed)
      throws IOException, InterruptedException {
    try (FleetStage stage = new FleetStage(folder, "prod");
        BotProcess bot = stage.startProcess();
        Browser browser = new Browser(stage.slack().pageUrl())) {
      browser.be("ann", OPS);
      browser.type(DEPLOY);
      browser.openThread(1);
      browser.awaitInThread("Awaits approval");
      browser.awaitInThread("0 of 1 approved so far");
      browser.picture("approval-waits.png");

      browser.clickInThread("approval.approve");
      assertThat(browser.dialog()).contains("Approve for prod?").contains("web 1.4.2");
      browser.picture("approval-confirm.png");
      browser.click(id("confirm-ok"));
      browser.await(PRIVATE, "Only visible to you");
      assertThat(browser.text(PRIVATE)).contains("You requested");
      browser.picture("approval-own-click.png");

      if (killed) {
        stage.killAndStartAgain(bot);
      }
      browser.be("bob", OPS);
      browser.openThread(1);
      browser.awaitInThread("Awaits approval");
      assertThat(browser.has(PRIVATE)).as("what ann was told is ann's").isFalse();
      browser.clickInThread("approval.approve");
      browser.click(id("confirm-ok"));
      browser.awaitInThread("Approved 1/1");
      browser.awaitInThread("3 batches");
      browser.awaitInThread("4 nodes · took");
      assertThat(browser.thread()).doesNotContain("Awaits approval");
      assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
      browser.theme("dark");
      browser.picture("approval-done.png");
    }
  }

  @Test
  void bobSaysNoWithAReasonFromHisHomeTab() throws IOException, InterruptedException {
    try (FleetStage stage = new FleetStage(folder, "prod");
        Browser browser = new Browser(stage.slack().pageUrl())) {
      browser.be("ann", OPS);
      browser.type(DEPLOY);
      browser.openThread(1);
      browser.awaitInThread("Awaits approval");

      browser.be("bob", "D0BOB");
      browser.click(id("tab-home"));
      browser.await(id("home-tab"), "Waiting for you");
      browser.await(id("home-tab"), "1.4.2");
      browser.picture("approval-home.png");
      browser.click(By.cssSelector("[data-testid='home-tab'] [data-action='approval.reject']"));
      By reason = By.cssSelector("[data-input='reason'] [data-action]");
      browser.fill(reason, "not on a Friday");
      browser.picture("approval-reason.png");
      browser.click(id("modal-submit"));
      browser.await(id("home-tab"), "Nothing awaits your approval.");

      browser.be("ann", OPS);
      browser.openThread(1);
      browser.awaitInThread("Rejected");
      browser.awaitInThread("not on a Friday");
      browser.theme("dark");
      browser.picture("approval-rejected.png");
    }
  }
}
