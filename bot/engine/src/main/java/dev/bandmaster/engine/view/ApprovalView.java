package dev.bandmaster.engine.view;

import dev.bandmaster.core.approval.Approval;
import java.util.List;
import java.util.Optional;

/**
 * A request for approval as it is when its job's message is drawn.
 *
 * @param obstacle a sentence on what would keep the job from beginning at this moment
 * @param predecessor number of the job whose request it takes the place of
 * @param page address where people read what is in the version
 * @param changes addresses of what lies between the versions that nodes run and the wanted one
 */
public record ApprovalView(
    Approval approval,
    Optional<String> obstacle,
    Optional<Long> predecessor,
    Optional<String> page,
    List<String> changes) {

  public ApprovalView {
    changes = List.copyOf(changes);
  }

  /** A request for what nobody shows the changes of. */
  public ApprovalView(
      Approval approval,
      Optional<String> obstacle,
      Optional<Long> predecessor,
      Optional<String> page) {
    this(approval, obstacle, predecessor, page, List.of());
  }

  /** A request that nothing stands against, and that is alone. */
  public static ApprovalView of(Approval approval) {
    return new ApprovalView(approval, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
