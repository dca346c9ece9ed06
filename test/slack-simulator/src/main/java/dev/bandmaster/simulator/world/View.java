package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A modal or home tab as one person sees it. Immutable.
 *
 * @param id the view's id
 * @param user whose screen it is on
 * @param body what the app sent: type, title, blocks and so on
 * @param hash changes with every update; guards against lost updates
 * @param previous the id of the modal below, or empty
 * @param root the id of the modal at the bottom
 * @param open whether it is still on the screen
 */
public record View(
    String id,
    String user,
    ObjectNode body,
    String hash,
    String previous,
    String root,
    boolean open) {
  public View {
    body = body.deepCopy();
  }

  /** A copy of what the app sent, free to change. */
  @Override
  public ObjectNode body() {
    return body.deepCopy();
  }

  /** Whether it is a modal and not a home tab. */
  public boolean isModal() {
    return "modal".equals(Json.text(body, "type"));
  }

  View closed() {
    return new View(id, user, body, hash, previous, root, false);
  }
}
