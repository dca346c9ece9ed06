package dev.bandmaster.app.http.facade;

import dev.bandmaster.model.Names;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request says in its query and its form, read strictly: nothing is ignored or guessed. */
final class FacadeParameters {

  /** The form field with a token. */
  static final String TOKEN = "token";

  /** Bytes of a form; the longest arguments of a module and their escapes fit many times. */
  private static final int LONGEST_FORM = 64 << 10;

  /** Characters of a value; as many as a command may have. */
  private static final int LONGEST_VALUE = 4_000;

  private static final int MOST_NAMES = 20;

  private final Map<String, String> values;
  private final Optional<String> token;

  private FacadeParameters(Map<String, String> values, Optional<String> token) {
    this.values = values;
    this.token = token;
  }

  /** Reads the query, and of a POST the form. */
  static FacadeParameters read(Context context) throws IOException {
    Map<String, String> values = new HashMap<>();
    add(values, Optional.ofNullable(context.queryString()).orElse(""));
    if (values.containsKey(TOKEN)) {
      throw FacadeProblem.badRequest(
          "A token must not be in an address, which others log. Send it in the header 'Authorization: Bearer …' or the form field 'token'.");
    }
    if (context.req().getMethod().equals("POST")) {
      add(values, form(context));
    }
    Optional<String> token = Optional.ofNullable(values.remove(TOKEN));
    return new FacadeParameters(values, token);
  }

  private static String form(Context context) throws IOException {
    byte[] bytes = context.bodyInputStream().readNBytes(LONGEST_FORM + 1);
    if (bytes.length > LONGEST_FORM) {
      context.header("Connection", "close");
      throw FacadeProblem.tooLong("The form is longer than %,d bytes.".formatted(LONGEST_FORM));
    }
    String type = Optional.ofNullable(context.header("Content-Type")).orElse("");
    if (bytes.length > 0 && !type.startsWith("application/x-www-form-urlencoded")) {
      throw FacadeProblem.otherType(
          "The body must be a form: 'Content-Type: application/x-www-form-urlencoded', as 'curl -d' sends it.");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void add(Map<String, String> values, String encoded) {
    for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (value.length() > LONGEST_VALUE) {
        throw FacadeProblem.badRequest(
            "The parameter '%s' has more than %,d characters."
                .formatted(shown(name), LONGEST_VALUE));
      }
      if (values.putIfAbsent(name, value) != null) {
        throw FacadeProblem.badRequest("The parameter '%s' is given twice.".formatted(shown(name)));
      }
      if (values.size() > MOST_NAMES) {
        throw FacadeProblem.badRequest("More than %d parameters are given.".formatted(MOST_NAMES));
      }
    }
  }

  private static String decoded(String text) {
    try {
      String bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw FacadeProblem.badRequest("A parameter is not encoded as UTF-8 with '%' and '+'.");
    }
  }

  /** A word of a stranger's as it may be repeated in an answer. */
  static String shown(String word) {
    String plain = word.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= 60 ? plain : plain.substring(0, 57) + "…";
  }

  /** The token in the form. */
  Optional<String> token() {
    return token;
  }

  /** Refuses parameters that an endpoint does not have: one may be misspelt. */
  void knowOnly(Set<String> known) {
    values
        .keySet()
        .forEach(name -> {
          if (!known.contains(name)) {
            throw FacadeProblem.badRequest(
                "Unknown parameter '%s'. Known: %s."
                    .formatted(shown(name), String.join(", ", known.stream().sorted().toList())));
          }
        });
  }

  /** A value that may be left out; what is empty is left out. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name) {
    return find(name)
        .orElseThrow(
            () -> FacadeProblem.badRequest("The parameter '%s' is missing.".formatted(name)));
  }

  /** A name of something; a name cannot be an option, a pattern or two words. */
  String name(String name) {
    return checked(name, required(name));
  }

  /** A name that may be left out. */
  Optional<String> findName(String name) {
    return find(name).map(value -> checked(name, value));
  }

  /** Names with commas between them. */
  String names(String name) {
    for (String one : List.of(required(name).split(",", -1))) {
      checked(name, one);
    }
    return required(name);
  }

  /** Words with blanks between them; none if it is left out. */
  List<String> words(String name) {
    return find(name).map(value -> List.of(value.strip().split("\\s+"))).orElse(List.of());
  }

  /** Tags, as one text. */
  String tags(String name) {
    String tags = required(name);
    if (!tags.matches("[A-Za-z0-9._:,+-]{1,200}")) {
      throw FacadeProblem.badRequest(
          "The parameter '%s' must be tags: letters, digits, commas and . _ : + - only."
              .formatted(name));
    }
    return tags;
  }

  private static String checked(String name, String value) {
    if (!Names.isName(value)) {
      throw FacadeProblem.badRequest(
          "The parameter '%s' must be a name: letters, digits, dots, dashes and underscores, and it begins with a letter or digit."
              .formatted(name));
    }
    return value;
  }
}
