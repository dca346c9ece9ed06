package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser: type, see the thread fill, click. */
@Tag("real")
class PageStoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void typingPingFillsTheThreadAndTheButtonAsksAgain() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0))) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      ChromeDriver browser = browser();
      try {
        browser.manage().window().setSize(new Dimension(1280, 860));
        browser.get(world.slack().pageUrl());
        WebDriverWait wait = new WebDriverWait(browser, PATIENCE);

        type(wait, "codeupdate staging web version=1.4.2");
        type(wait, "ping");
        wait.until(
            ready -> browser.findElements(By.cssSelector("[data-testid=replies]")).size() == 2);
        browser.findElement(By.xpath("(//*[@data-testid='replies'])[last()]")).click();
        By thread = By.cssSelector("[data-testid=thread-messages]");
        wait.until(ExpectedConditions.textToBePresentInElementLocated(thread, "replied 6/6"));
        picture(browser, "page.png");

        By again = By.cssSelector("[data-testid=thread-messages] [data-action='job.again']");
        wait.until(ExpectedConditions.elementToBeClickable(again)).click();

        wait.until(
            ready -> browser.findElement(thread).getText().split("replied 6/6", -1).length == 3);
      } finally {
        browser.quit();
      }
    }
  }

  private static void type(WebDriverWait wait, String line) {
    WebElement input =
        wait.until(
            ExpectedConditions.elementToBeClickable(By.cssSelector("[data-testid=message-input]")));
    input.sendKeys(line, Keys.ENTER);
  }

  private static void picture(ChromeDriver browser, String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "pictures"));
    Files.move(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        target.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static ChromeDriver browser() throws IOException {
    Path profile = Files.createTempDirectory("bandmaster-browser-");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(
                Path.of(
                        Optional.ofNullable(System.getenv("CHROMEDRIVER"))
                            .orElse("/usr/bin/chromedriver"))
                    .toFile())
            .build();
    return new ChromeDriver(service, options);
  }
}
