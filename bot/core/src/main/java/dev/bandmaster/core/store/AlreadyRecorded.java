package dev.bandmaster.core.store;

/** Something that happens once has happened before. There is nothing left to do. */
public final class AlreadyRecorded extends StoreConflict {
  private static final long serialVersionUID = 1L;

  private final String mark;

  public AlreadyRecorded(String mark) {
    super("This was already recorded.");
    this.mark = mark;
  }

  /** By which it was known. */
  public String mark() {
    return mark;
  }
}
