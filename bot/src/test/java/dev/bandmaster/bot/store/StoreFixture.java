package dev.bandmaster.bot.store;

import static dev.bandmaster.bot.job.SampleJobs.NOON;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of whichever kind, opened before each test and closed after it, and its clock. */
public abstract class StoreFixture {
  protected final SettableClock clock = new SettableClock(NOON);
  protected Store store;

  /** Opens the store; what an earlier call of the same test wrote must be there. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }
}
