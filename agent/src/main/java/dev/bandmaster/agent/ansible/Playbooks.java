package dev.bandmaster.agent.ansible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.yaml.YamlText;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is written for Ansible to read. Pure. */
final class Playbooks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Playbooks() {}

  /** A playbook that brings roles to a host or a group. */
  static String roles(String host, List<String> roles) {
    Map<String, Object> play = new LinkedHashMap<>();
    play.put("name", String.join(", ", roles));
    play.put("hosts", host);
    play.put("roles", roles.stream().map(role -> Map.of("role", role)).toList());
    return YamlText.of(List.of(play));
  }

  /**
   * The variables of a deployment: its tags, and the application and the version if they are known.
   */
  static Map<String, Object> deployment(JsonNode arguments, List<String> tags) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("bandmaster_tags", tags);
    if (arguments.has("app")) {
      variables.put("bandmaster_app", Arguments.name(arguments, "app"));
    }
    String version = Arguments.version(arguments, "version");
    if (!version.isEmpty()) {
      variables.put("bandmaster_version", version);
    }
    return variables;
  }

  static String json(Map<String, Object> variables) {
    try {
      return JSON.writeValueAsString(variables);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
