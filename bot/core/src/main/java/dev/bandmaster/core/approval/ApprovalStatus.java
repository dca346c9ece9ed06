package dev.bandmaster.core.approval;

/** How far a request for approval has come. */
public enum ApprovalStatus {
  /** People may vote. */
  PENDING,
  /** All have agreed; it begins when its turn comes, or when somebody starts it. */
  APPROVED,
  /** Somebody who may agree has said no. */
  DENIED,
  /** Too few agreed in time. */
  EXPIRED,
  /** It is not wanted any more. */
  CANCELLED,
  /** What would be done has changed; it has to be asked again. */
  SUPERSEDED,
  /** All have agreed, and the job has begun. */
  DISPATCHED,
  /** All had agreed, but it did not begin in time. */
  LAPSED;

  /** Whether nothing can change it any more. */
  public boolean isFinal() {
    return switch (this) {
      case PENDING, APPROVED -> false;
      case DENIED, EXPIRED, CANCELLED, SUPERSEDED, DISPATCHED, LAPSED -> true;
    };
  }
}
