package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The modals on people's screens and their home tabs. Safe for use by many threads. */
public final class Views {
  private final Ids ids;
  private final Consumer<Change> listener;
  private final Map<String, View> views = new LinkedHashMap<>();
  private final Map<String, String> homes = new HashMap<>();

  Views(Ids ids, Consumer<Change> listener) {
    this.ids = ids;
    this.listener = listener;
  }

  /** Opens a modal on a person's screen, above those that are open where {@code onTop}. */
  public View open(String user, ObjectNode body, boolean onTop) {
    View opened;
    synchronized (this) {
      List<View> stack = stack(user);
      if (!onTop) {
        stack.forEach(view -> views.put(view.id(), view.closed()));
      }
      String id = ids.next("V");
      boolean first = !onTop || stack.isEmpty();
      String below = first ? "" : stack.getLast().id();
      String root = first ? id : stack.getFirst().id();
      opened = new View(id, user, body, ids.next(""), below, root, true);
      views.put(id, opened);
    }
    listener.accept(new Change.ViewChanged(opened));
    return opened;
  }

  /** Gives an open modal new content; nothing where it is gone. */
  public Optional<View> update(String id, ObjectNode body) {
    Optional<View> updated;
    synchronized (this) {
      updated =
          find(id)
              .filter(View::open)
              .map(old ->
                  new View(id, old.user(), body, ids.next(""), old.previous(), old.root(), true));
      updated.ifPresent(view -> views.put(id, view));
    }
    updated.ifPresent(view -> listener.accept(new Change.ViewChanged(view)));
    return updated;
  }

  /** Takes a modal from the screen; with {@code all} those below it too. */
  public void close(View view, boolean all) {
    List<View> closed;
    synchronized (this) {
      closed =
          stack(view.user()).stream()
              .filter(each -> all || each.id().equals(view.id()))
              .map(View::closed)
              .toList();
      closed.forEach(each -> views.put(each.id(), each));
    }
    closed.forEach(each -> listener.accept(new Change.ViewChanged(each)));
  }

  /** Publishes a person's home tab. */
  public View publish(String user, ObjectNode body) {
    View home;
    synchronized (this) {
      String id = homes.computeIfAbsent(user, _ -> ids.next("V"));
      home = new View(id, user, body, ids.next(""), "", id, true);
      views.put(id, home);
    }
    listener.accept(new Change.ViewChanged(home));
    return home;
  }

  /** The view with this id, closed ones included. */
  public synchronized Optional<View> find(String id) {
    return Optional.ofNullable(views.get(id));
  }

  /** The view with this external id. */
  public synchronized Optional<View> findExternal(String externalId) {
    return views.values().stream()
        .filter(View::open)
        .filter(view -> Json.text(view.body(), "external_id").equals(externalId))
        .findFirst();
  }

  /** A person's home tab, if the app published one. */
  public synchronized Optional<View> home(String user) {
    return Optional.ofNullable(homes.get(user)).map(views::get);
  }

  /** A person's open modals, the one at the bottom first. */
  public synchronized List<View> stack(String user) {
    return views.values().stream()
        .filter(view -> view.open() && view.isModal() && view.user().equals(user))
        .toList();
  }

  synchronized void clear() {
    views.clear();
    homes.clear();
  }
}
