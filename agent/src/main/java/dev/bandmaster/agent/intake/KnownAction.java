package dev.bandmaster.agent.intake;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.Request;

/** Only what the agent's modules offer can be asked for. */
final class KnownAction implements Stage {

  private final ActionCatalogue catalogue;

  KnownAction(ActionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Verdict check(Request request) {
    return catalogue.find(request).isPresent()
        ? Verdict.pass()
        : new Verdict.Refuse(
            FinalCode.UNKNOWN_ACTION,
            "This agent does not support "
                + request.capability()
                + "."
                + request.action()
                + "; "
                + catalogue.alternatives(request)
                + ".");
  }
}
