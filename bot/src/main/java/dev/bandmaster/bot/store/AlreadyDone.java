package dev.bandmaster.bot.store;

/** Something that happens once has happened before. There is nothing left to do. */
public final class AlreadyDone extends StoreConflict {
  private static final long serialVersionUID = 1L;

  private final String mark;

  public AlreadyDone(String mark) {
    super("This was told before.");
    this.mark = mark;
  }

  /** By which it was known. */
  public String mark() {
    return mark;
  }
}
