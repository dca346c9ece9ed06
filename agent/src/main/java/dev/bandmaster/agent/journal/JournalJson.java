package dev.bandmaster.agent.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.agent.journal.JournalEntry.State;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.WireNamed;
import java.io.IOException;
import java.time.Instant;

/**
 * One line of the journal: an entry as it is from now on. A later line of the same id replaces it.
 */
final class JournalJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JournalJson() {}

  static String line(JournalEntry entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", entry.id());
    json.put("state", entry.state().wireName());
    json.put("replyTo", entry.replyTo());
    json.put("what", entry.what());
    json.put("until", entry.until().toEpochMilli());
    ReportBody.Final result = entry.result();
    if (result != null) {
      ObjectNode end = json.putObject("final");
      end.put("code", result.code().wireName());
      end.put("message", result.message());
      if (result.exit() != null) {
        end.put("exit", result.exit());
      }
      end.set("data", DataJson.write(result.data()));
    }
    return json + "\n";
  }

  static JournalEntry entry(String line) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      JsonNode end = json.path("final");
      return new JournalEntry(
          json.required("id").asText(),
          json.required("replyTo").asText(),
          json.required("what").asText(),
          Instant.ofEpochMilli(json.required("until").asLong()),
          WireNamed.find(State.class, json.required("state").asText()),
          end.isMissingNode()
              ? null
              : new ReportBody.Final(
                  WireNamed.find(FinalCode.class, end.required("code").asText()),
                  end.required("message").asText(),
                  end.has("exit") ? Integer.valueOf(end.get("exit").asInt()) : null,
                  DataJson.read(end.required("data"))));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a journal entry: " + e.getMessage(), e);
    }
  }
}
