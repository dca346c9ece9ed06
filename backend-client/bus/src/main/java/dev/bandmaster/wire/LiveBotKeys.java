package dev.bandmaster.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The keys of a running bot: read again when the folder changes, so that keys are changed without a
 * restart. Which of them signs follows from the time alone.
 */
public final class LiveBotKeys implements BotKeySource {
  private final Reread<BotKeySet> folder;
  private final InstantSource clock;

  /**
   * Reads the folder; makes the first keys if there are none.
   *
   * @throws IOException with a sentence when a file cannot be used
   */
  public LiveBotKeys(Path folder, InstantSource clock) throws IOException {
    var files = new BotKeyFolder(folder);
    files.open(clock);
    this.folder = new Reread<>("The folder of the bot's keys", files, clock);
    this.clock = clock;
  }

  @Override
  public Optional<BotKeys> signing() {
    return folder.get().signing(clock.instant()).map(BotKeySet.Entry::keys);
  }

  /** A node may have read its lines again before we have read our folder: then it is read now. */
  @Override
  public Optional<BotKeys> find(String id) {
    Optional<BotKeySet.Entry> held = folder.get().find(id);
    return held.or(() -> folder.missing().find(id))
        .filter(entry -> BotKeySet.isTaken(entry, clock.instant()))
        .map(BotKeySet.Entry::keys);
  }

  /** All keys, as they are now. */
  public BotKeySet all() {
    return folder.get();
  }

  /** Why the folder as it is now is not used, if that is so. */
  public Optional<String> problem() {
    return folder.problem();
  }
}
