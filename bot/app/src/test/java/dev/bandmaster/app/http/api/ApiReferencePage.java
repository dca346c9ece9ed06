package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reference of the API, written from its description. */
final class ApiReferencePage {

  private ApiReferencePage() {}

  static String of(JsonNode document) {
    StringBuilder page =
        new StringBuilder(
            """
            # The API

            Generated from `/api/v1/openapi.json`. How to use it, and how to get a token, is in
            [the how-to](../how-to/command-line.md). All paths are below `/api/v1`; every request needs
            `Authorization: Bearer …`.

            """);
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operation(page, operation.getKey(), path.getKey(), operation.getValue());
      }
    }
    page.append("## What is answered\n\n");
    for (Map.Entry<String, JsonNode> schema :
        document.path("components").path("schemas").properties()) {
      if (schema.getValue().has("properties")) {
        page.append("### ").append(schema.getKey()).append("\n\n");
        fields(page, schema.getValue());
      }
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static void operation(StringBuilder page, String method, String path, JsonNode about) {
    page.append(
        "## `%s %s`\n\n%s"
            .formatted(method.toUpperCase(Locale.ROOT), path, about.path("summary").asText()));
    if (about.has("description")) {
      page.append(' ').append(about.path("description").asText());
    }
    page.append("\n\n");
    if (!about.path("parameters").isEmpty()) {
      page.append("| Parameter | In | Meaning |\n|---|---|---|\n");
      for (JsonNode parameter : about.path("parameters")) {
        page.append(
            "| `%s` | %s | %s |\n"
                .formatted(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    parameter.path("description").asText()));
      }
      page.append('\n');
    }
    JsonNode body = about.path("requestBody").path("content").path("application/json");
    if (!body.isMissingNode()) {
      page.append("The body, in JSON:\n\n");
      fields(page, body.path("schema"));
    }
    List<String> codes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> response : about.path("responses").properties()) {
      codes.add("| %s | %s |".formatted(response.getKey(), answer(response.getValue())));
    }
    page.append("| Status | Meaning |\n|---|---|\n")
        .append(String.join("\n", codes))
        .append("\n\n");
  }

  private static String answer(JsonNode response) {
    String schema =
        response
            .path("content")
            .path("application/json")
            .path("schema")
            .path("$ref")
            .asText()
            .replaceFirst(".*/", "");
    return response.path("description").asText()
        + (schema.isEmpty() ? "" : " [%s](#%s)".formatted(schema, schema.toLowerCase(Locale.ROOT)));
  }

  private static void fields(StringBuilder page, JsonNode schema) {
    page.append("| Field | Type | Meaning |\n|---|---|---|\n");
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  field.getKey(),
                  type(field.getValue()),
                  field.getValue().path("description").asText()));
    }
    page.append('\n');
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return schema.path("$ref").asText().replaceFirst(".*/", "");
    }
    String type = schema.path("type").asText();
    return type.equals("array")
        ? "list of " + type(schema.path("items"))
        : schema.path("format").asText().equals("date-time") ? "time" : type;
  }
}
