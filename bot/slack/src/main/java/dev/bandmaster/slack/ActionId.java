package dev.bandmaster.slack;

/**
 * A button's id as Slack knows it. Slack wants each id once in a row of buttons; ours name a
 * service, so the second button for the same service carries a number.
 */
final class ActionId {

  private ActionId() {}

  static String of(String action, int occurrence) {
    return occurrence == 1 ? action : action + "#" + occurrence;
  }

  /** The service an id names. */
  static String action(String id) {
    int mark = id.lastIndexOf('#');
    boolean numbered =
        mark > 0
            && mark < id.length() - 1
            && id.chars().skip(mark + 1).allMatch(Character::isDigit);
    return numbered ? id.substring(0, mark) : id;
  }
}
