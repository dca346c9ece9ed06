package dev.bandmaster.agent.intake;

import com.networknt.schema.ValidationMessage;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.Request;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Arguments have to fit the action's JSON Schema. */
final class FittingArguments implements Stage {

  /** Maximum number of errors reported at once. */
  private static final int MOST = 3;

  private final ActionCatalogue catalogue;

  FittingArguments(ActionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Verdict check(Request request) {
    String mistakes =
        catalogue.find(request).stream()
            .flatMap(known -> known.schema().validate(request.arguments()).stream())
            .map(ValidationMessage::getMessage)
            .sorted(Comparator.naturalOrder())
            .limit(MOST)
            .collect(Collectors.joining("; "));
    return mistakes.isEmpty()
        ? Verdict.pass()
        : new Verdict.Refuse(
            FinalCode.INVALID,
            "The arguments of "
                + request.capability()
                + "."
                + request.action()
                + " are not valid: "
                + shortened(mistakes)
                + ".");
  }

  private static String shortened(String mistakes) {
    return mistakes.length() > 1_000 ? mistakes.substring(0, 1_000) + "…" : mistakes;
  }
}
