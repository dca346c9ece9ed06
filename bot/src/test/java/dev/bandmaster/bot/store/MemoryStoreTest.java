package dev.bandmaster.bot.store;

/** The fake store behaves like the real ones. */
class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
