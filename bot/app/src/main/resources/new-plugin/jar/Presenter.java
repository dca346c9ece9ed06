package __PACKAGE__;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the fullest disk of each node, from what df printed. */
final class __CLASS__Presenter implements Presenter {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");

  /** From here on a disk is called full. */
  private static final int FULL = 90;

  @Override
  public String describe(NodeOutcome outcome) {
    OptionalInt used = fullest(outcome);
    return outcome.status() == NodeStatus.OK && used.isPresent()
        ? "fullest disk: " + used.getAsInt() + "%"
        : Presenter.PLAIN.describe(outcome);
  }

  @Override
  public List<String> summary(List<NodeOutcome> outcomes) {
    long full = outcomes.stream().filter(each -> fullest(each).orElse(0) >= FULL).count();
    return List.of(full + " of " + outcomes.size() + " nodes have a disk that is nearly full");
  }

  private static OptionalInt fullest(NodeOutcome outcome) {
    Matcher percent = PERCENT.matcher(outcome.output());
    OptionalInt most = OptionalInt.empty();
    while (percent.find()) {
      int used = Integer.parseInt(percent.group(1));
      most = OptionalInt.of(Math.max(most.orElse(0), used));
    }
    return most;
  }
}
