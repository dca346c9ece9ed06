package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.api.Call;
import dev.bandmaster.simulator.control.Lab;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.simulator.socket.Sending;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Person.Standing;
import dev.bandmaster.simulator.world.Json;
import io.javalin.config.RoutesConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The part of the control interface that is no person's: faults, people, calls, envelopes, reset.
 */
final class LabRoutes {
  private final Lab lab;

  LabRoutes(Lab lab) {
    this.lab = lab;
  }

  void addTo(RoutesConfig routes) {
    ControlRoutes.post(routes, "fault", this::fault);
    ControlRoutes.get(routes, "fault", _ -> faults());
    ControlRoutes.post(routes, "person", this::person);
    ControlRoutes.post(routes, "group", this::group);
    ControlRoutes.get(routes, "calls", this::calls);
    ControlRoutes.get(routes, "envelopes", _ -> envelopes());
    ControlRoutes.post(
        routes,
        "reset",
        _ -> {
          lab.reset();
          return Json.object();
        });
  }

  private ObjectNode fault(Fields fields) {
    return switch (fields.required("kind")) {
      case "list" -> faults();
      case "clear" -> {
        lab.clearFaults(fields.optional("id"));
        yield faults();
      }
      default -> Json.object().set("fault", FaultFields.json(lab.fault(FaultFields.read(fields))));
    };
  }

  private ObjectNode faults() {
    ArrayNode list = Json.array();
    lab.faults().forEach(fault -> list.add(FaultFields.json(fault)));
    return Json.object().set("faults", list);
  }

  private ObjectNode person(Fields fields) {
    String standing = fields.optional("standing");
    String realName = fields.optional("real_name");
    boolean changed =
        lab.changePerson(
            fields.required("user"),
            person -> {
              Person named = realName == null ? person : person.withRealName(realName);
              return standing == null ? named : named.withStanding(standing(standing));
            });
    return Json.object().put("changed", changed);
  }

  private static Standing standing(String word) {
    return Arrays.stream(Standing.values())
        .filter(each -> word(each).equals(word.replace('-', '_')))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no account type '%s'. Available: %s."
                    .formatted(
                        word, Arrays.stream(Standing.values()).map(LabRoutes::word).toList())));
  }

  private static String word(Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }

  private ObjectNode group(Fields fields) {
    JsonNode given = fields.json().path("members");
    List<String> members =
        given.isArray() ? given.valueStream().map(JsonNode::asText).toList() : null;
    if (members == null && !given.isMissingNode()) {
      throw new IllegalArgumentException("The field 'members' is not an array of names or ids.");
    }
    boolean changed = lab.changeGroup(fields.required("group"), fields.optional("name"), members);
    return Json.object().put("changed", changed);
  }

  private ObjectNode calls(Fields fields) {
    String method = fields.text("method", "");
    ArrayNode list = Json.array();
    for (Call call : lab.calls()) {
      if (method.isEmpty() || call.method().equals(method)) {
        ObjectNode each = list.addObject();
        each.put("time", call.at().toString());
        each.put("method", call.method());
        each.set("arguments", call.arguments());
        each.put("status", call.status());
        each.set("result", call.result());
        each.put("millis", call.millis());
      }
    }
    return Json.object().set("calls", list);
  }

  private ObjectNode envelopes() {
    ArrayNode list = Json.array();
    for (EnvelopeSeen envelope : lab.envelopes()) {
      ObjectNode each = list.addObject();
      each.put("type", envelope.type().word());
      each.put("created", envelope.created().toString());
      ArrayNode sent = each.putArray("sent");
      for (Sending sending : envelope.sendings()) {
        sent.addObject()
            .put("envelope_id", sending.envelopeId())
            .put("connection", sending.connection())
            .put("time", sending.at().toString())
            .put("retry_attempt", sending.attempt());
      }
      each.put("acked", envelope.acknowledged() != null);
      envelope.millis().ifPresent(millis -> each.put("millis", millis));
      each.set("payload", envelope.payload());
      if (envelope.response() != null) {
        each.set("response", envelope.response());
      }
    }
    return Json.object().set("envelopes", list);
  }
}
