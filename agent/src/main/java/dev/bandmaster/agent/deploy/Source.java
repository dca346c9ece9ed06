package dev.bandmaster.agent.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.WebAddress;
import java.util.Locale;
import java.util.Optional;

/** Where a release comes from, as the signed request says. */
sealed interface Source {

  /**
   * An archive.
   *
   * @param sha256 what its bytes must hash to, in lower-case hexadecimal
   */
  record Archive(WebAddress address, String sha256) implements Source {}

  /**
   * A state of a git repository.
   *
   * @param ref a branch, a tag or a commit
   * @param commit the full commit that the ref must lead to, when the request says
   */
  record Git(String repository, String ref, Optional<String> commit) implements Source {}

  /** The request does not say what to fetch; the reason is a sentence. */
  record Refused(String reason) implements Source {}

  /** Reads the arguments of a deploy, which fit its schema. */
  static Source of(JsonNode arguments) {
    Optional<String> url = text(arguments, "url");
    Optional<String> repository = text(arguments, "repository");
    if (url.isPresent() == repository.isPresent()) {
      return new Refused("Give either a url and its sha256, or a repository and its ref.");
    }
    if (url.or(() -> repository).filter(WebAddress::holdsCredentials).isPresent()) {
      return new Refused(
          "The address holds a user, a password or a token, which would be stored and shown. "
              + "Put them into `artifact_auth` of the app in the node's configuration.");
    }
    if (repository.isPresent()) {
      return text(arguments, "ref")
          .<Source>map(ref -> new Git(repository.get(), ref, text(arguments, "commit")))
          .orElseGet(() -> new Refused("A repository also needs a ref to check out."));
    }
    Optional<String> sha256 = text(arguments, "sha256");
    if (sha256.isEmpty()) {
      return new Refused("A url also needs its sha256: the node unpacks only verified archives.");
    }
    return WebAddress.parse(url.get())
        .<Source>map(address -> new Archive(address, sha256.get().toLowerCase(Locale.ROOT)))
        .orElseGet(() -> new Refused("The url is not valid."));
  }

  private static Optional<String> text(JsonNode arguments, String name) {
    return Optional.ofNullable(arguments.get(name)).map(JsonNode::asText);
  }
}
