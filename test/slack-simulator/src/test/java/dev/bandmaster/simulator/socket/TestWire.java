package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.world.Json;
import java.util.ArrayList;
import java.util.List;

/** The app's end of a WebSocket that keeps what came through it. Used by one thread. */
final class TestWire implements Wire {
  final List<JsonNode> frames = new ArrayList<>();
  int pings;
  boolean silent;
  boolean pongless;
  String closed = "";

  @Override
  public void text(String text) {
    frames.add(Json.parse(text).orElseThrow());
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void close(int status, String reason) {
    closed = status + " " + reason;
  }

  @Override
  public void fallSilent() {
    silent = true;
  }

  @Override
  public void ignorePings() {
    pongless = true;
  }

  JsonNode last() {
    return frames.getLast();
  }

  List<JsonNode> envelopes() {
    return frames.stream().filter(frame -> frame.has("envelope_id")).toList();
  }

  List<String> reasons() {
    return frames.stream()
        .filter(frame -> Json.text(frame, "type").equals("disconnect"))
        .map(frame -> Json.text(frame, "reason"))
        .toList();
  }
}
