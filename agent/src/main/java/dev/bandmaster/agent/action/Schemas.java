package dev.bandmaster.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the JSON Schemas that lie beside the modules that declare them. */
public final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /** The schema in a resource of the module's package, which is part of the program. */
  public static JsonNode beside(Class<?> module, String name) {
    try (InputStream stream = module.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The schema " + name + " is missing from the program.");
      }
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("The schema " + name + " cannot be read", e);
    }
  }

  /** The schema of an action that takes no arguments. */
  public static JsonNode nothing() {
    return JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
  }
}
