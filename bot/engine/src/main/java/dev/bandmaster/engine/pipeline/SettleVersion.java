package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.Listing;
import dev.bandmaster.model.VersionName;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.PlanningContext.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which release is meant? {@code latest} becomes the newest; {@code v1.4.2} and {@code 1.4.2} are
 * the same wish where only one of them exists, and where both do it is asked. It comes after the
 * policy, since releases are looked up for it; the policy sees the version once more with the
 * nodes.
 */
public final class SettleVersion implements Function<Authorised, Step<Authorised>> {

  private final Catalogue catalogue;

  public SettleVersion(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Step<Authorised> apply(Authorised authorised) {
    ParsedCommand command = authorised.command();
    Optional<String> version = value(command, Parameter.Type.Version.class);
    Optional<String> environment = value(command, Parameter.Type.Environment.class);
    Optional<String> application = value(command, Parameter.Type.Application.class);
    return version.isEmpty() || environment.isEmpty() || application.isEmpty()
        ? Step.on(authorised)
        : settle(authorised, environment.get(), application.get(), version.get());
  }

  private Step<Authorised> settle(
      Authorised authorised, String environment, String application, String version) {
    Listing listing = catalogue.listing(environment, application);
    List<String> known = listing.versionsOrNone();
    if (version.equals(VersionSpelling.LATEST)
        && listing instanceof Listing.Failed(String reason)) {
      return Step.end(
          CommandResult.Refused.mistake(
              "Which version of %s is the newest? %s Add `version=…`."
                  .formatted(application, reason)));
    }
    if (version.equals(VersionSpelling.LATEST) && !known.contains(version)) {
      return known.isEmpty()
          ? Step.end(
              CommandResult.Refused.mistake(
                  "Which version of %s? Its releases cannot be listed; add `version=…`."
                      .formatted(application)))
          : Step.on(with(authorised, known.getFirst()));
    }
    Optional<String> other = VersionName.otherSpelling(version);
    if (other.isEmpty()) {
      return Step.on(authorised);
    }
    boolean exists = exists(known, environment, application, version);
    if (exists && !authorised.command().free()) {
      return Step.on(authorised);
    }
    boolean otherExists = exists(known, environment, application, other.get());
    if (exists && otherExists) {
      return Step.end(
          CommandResult.Refused.usage(
              "There is a release %s of %s, and a release %s. Which one?"
                  .formatted(version, application, other.get()),
              List.of(
                  with(authorised, version).command().invocation().canonical(),
                  with(authorised, other.get()).command().invocation().canonical()),
              Optional.empty()));
    }
    return Step.on(!exists && otherExists ? with(authorised, other.get()) : authorised);
  }

  /** Releases that can be listed are looked for in the list; it costs no request. */
  private boolean exists(
      List<String> known, String environment, String application, String version) {
    return known.isEmpty()
        ? catalogue.release(environment, application, version) instanceof Release.Found
        : known.contains(version);
  }

  private static Optional<String> value(
      ParsedCommand command, Class<? extends Parameter.Type> type) {
    return name(command, type).flatMap(command.arguments()::find);
  }

  private static Optional<String> name(
      ParsedCommand command, Class<? extends Parameter.Type> type) {
    return command.command().declaration().parameters().stream()
        .filter(parameter -> type.isInstance(parameter.type()))
        .map(Parameter::name)
        .findFirst();
  }

  private static Authorised with(Authorised authorised, String version) {
    ParsedCommand command = authorised.command();
    Map<String, List<String>> values = new LinkedHashMap<>(command.arguments().values());
    name(command, Parameter.Type.Version.class)
        .ifPresent(name -> values.put(name, List.of(version)));
    return authorised.with(command.with(new Arguments(values)));
  }
}
