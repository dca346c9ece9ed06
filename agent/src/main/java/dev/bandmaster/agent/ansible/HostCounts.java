package dev.bandmaster.agent.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.Data;

/** What Ansible counted on one host. */
record HostCounts(long ok, long changed, long failures, long unreachable, long skipped) {

  static HostCounts of(JsonNode counted) {
    return new HostCounts(
        counted.path("ok").asLong(),
        counted.path("changed").asLong(),
        counted.path("failures").asLong(),
        counted.path("unreachable").asLong(),
        counted.path("skipped").asLong());
  }

  boolean isGood() {
    return failures == 0 && unreachable == 0;
  }

  Data.Fields data() {
    return Data.Fields.EMPTY
        .with("ok", ok)
        .with("changed", changed)
        .with("failures", failures)
        .with("unreachable", unreachable)
        .with("skipped", skipped);
  }
}
