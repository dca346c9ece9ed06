package dev.bandmaster.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The simulator's page in a real browser, as a person uses it. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;
  private final String page;
  private final WebDriverWait wait;

  /** Opens a browser that shows nothing yet. */
  Browser(String page) throws IOException {
    this.driver = driver();
    this.page = page;
    this.wait = new WebDriverWait(driver, PATIENCE);
    wait.ignoring(StaleElementReferenceException.class);
    driver.manage().window().setSize(new Dimension(1280, 860));
  }

  /** Is this person, in this channel, by its id. */
  void be(String person, String channel) {
    driver.get("about:blank");
    driver.get(page + "?as=" + person + "&channel=" + channel);
    wait.until(ExpectedConditions.elementToBeClickable(id("message-input")));
  }

  void type(String line) {
    wait.until(ExpectedConditions.elementToBeClickable(id("message-input")))
        .sendKeys(line, Keys.ENTER);
  }

  /** Opens the thread of the last message that has one, once there are so many. */
  void openThread(int threads) {
    wait.until(ready -> driver.findElements(id("replies")).size() >= threads);
    By last = By.xpath("(//*[@data-testid='replies'])[last()]");
    wait.until(ready -> {
      driver.findElement(last).click();
      return true;
    });
  }

  /** What stands in the thread. */
  String thread() {
    return wait.until(ready -> driver.findElement(id("thread-messages")).getText());
  }

  void awaitInThread(String words) {
    await(id("thread-messages"), words);
  }

  /** Waits until an element has these words. */
  void await(By element, String words) {
    try {
      wait.until(ExpectedConditions.textToBePresentInElementLocated(element, words));
    } catch (org.openqa.selenium.TimeoutException e) {
      throw new AssertionError(
          "no '" + words + "' in: " + driver.findElement(element).getText(), e);
    }
  }

  /** Waits until the thread has these words so many times. */
  void awaitInThread(String words, int times) {
    wait.until(ready ->
        driver.findElement(id("thread-messages")).getText().split(words, -1).length == times + 1);
  }

  /** Clicks the last button in the thread with this action. */
  void clickInThread(String action) {
    click(
        By.xpath(
            "(//*[@data-testid='thread-messages']//*[@data-action='" + action + "'])[last()]"));
  }

  void click(By element) {
    wait.until(ready -> {
      WebElement found = driver.findElement(element);
      if (!found.isDisplayed()) {
        return false;
      }
      found.click();
      return true;
    });
  }

  /** Chooses an option of a menu by its label. */
  void choose(By menu, String label) {
    wait.until(ready -> {
      new org.openqa.selenium.support.ui.Select(driver.findElement(menu))
          .selectByVisibleText(label);
      return true;
    });
  }

  void fill(By field, String text) {
    wait.until(ExpectedConditions.elementToBeClickable(field)).sendKeys(text);
  }

  /** The text of what is on top of the page: a question or a form. */
  String dialog() {
    return wait.until(ExpectedConditions.visibilityOfElementLocated(id("dialog"))).getText();
  }

  String text(By element) {
    return wait.until(ready -> driver.findElement(element).getText());
  }

  boolean has(By element) {
    return !driver.findElements(element).isEmpty();
  }

  /** Takes a picture into {@code target/pictures}. */
  void picture(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "pictures"));
    Files.move(
        driver.getScreenshotAs(OutputType.FILE).toPath(),
        target.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** A window of this size, as on a phone or a desk. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Whether the page is wider than its window. */
  boolean isCutOff() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return document.documentElement.scrollWidth > window.innerWidth + 1"));
  }

  /** The page's address. */
  String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /** What stands in a field. */
  String value(By field) {
    return String.valueOf(driver.findElement(field).getDomProperty("value"));
  }

  /** Waits until an element is there and can be seen. */
  void awaitVisible(By element) {
    wait.until(ExpectedConditions.visibilityOfElementLocated(element));
  }

  /** Presses keys in a field. */
  void press(By field, CharSequence... keys) {
    wait.until(ExpectedConditions.elementToBeClickable(field)).sendKeys(keys);
  }

  /** Takes a picture for the documentation, in the folder of pictures of the documentation. */
  void pictureForDocs(String name) throws IOException {
    picture(name);
    if (Boolean.getBoolean("bandmaster.regenerate")) {
      Files.copy(
          Path.of("target", "pictures", name),
          Path.of("..", "..", "docs", "images", name),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The page's colours: {@code light} or {@code dark}. */
  void theme(String theme) {
    driver.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
  }

  static By id(String testId) {
    return By.cssSelector("[data-testid='" + testId + "']");
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static ChromeDriver driver() throws IOException {
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
