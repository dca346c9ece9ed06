package dev.bandmaster.app.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Path PAGE = Path.of("../../docs/reference/api.md");

  private static JsonNode document() throws IOException {
    return new ObjectMapper().readTree(ApiRoutes.document());
  }

  @Test
  void apiZ1_theDescriptionNamesEveryRouteAndNoOther() throws Exception {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    Set<String> served = new TreeSet<>();
    ApiRoutes.ENDPOINTS.forEach(endpoint -> served.add(endpoint.method() + " " + endpoint.path()));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void apiZ1_everyReferenceOfTheDescriptionLeadsSomewhere() throws Exception {
    JsonNode document = document();
    Set<String> missing = new TreeSet<>();
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      if (document.at(pointer).isMissingNode()) {
        missing.add(pointer);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void apiZ1_thePageOfTheApiSaysWhatTheDescriptionSays() throws Exception {
    String page = ApiReferencePage.of(document());
    if (Boolean.getBoolean("bandmaster.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("run: mvn -pl bot/app test -Dtest=OpenApiTest -Dbandmaster.regenerate=true")
        .content()
        .isEqualTo(page);
  }

  @Test
  void apiZ1_everyVariableOfAPathIsDescribed() throws Exception {
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      Set<String> variables = new TreeSet<>();
      for (String part : path.getKey().split("/", -1)) {
        if (part.startsWith("{")) {
          variables.add(part.substring(1, part.length() - 1));
        }
      }
      for (JsonNode operation : path.getValue()) {
        Set<String> described = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
          if (parameter.path("in").asText().equals("path")) {
            described.add(parameter.path("name").asText());
          }
        }
        assertThat(described).as(path.getKey()).isEqualTo(variables);
      }
    }
  }
}
