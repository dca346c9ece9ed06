package dev.bandmaster.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Ids;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.Timestamps;
import dev.bandmaster.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the simulator is true. */
final class SimulatorReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/simulator.md");
  private static final String BEGIN = "<!-- methods: begin; SimulatorReferenceTest compares -->\n";
  private static final String END = "<!-- methods: end -->";

  /** Where this fails, the lines that were expected are the section to put on the page. */
  @Test
  void simulatorM3_theReferenceListsTheMethodsThatThereAre() throws IOException {
    String page = Files.readString(PAGE);
    String listed = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    assertThat(listed).isEqualTo(table());
  }

  private static String table() {
    return "| Method | Token | Scope | Calls |\n|---|---|---|---|\n"
        + api().described().stream().map(SimulatorReferenceTest::row).collect(Collectors.joining());
  }

  private static String row(ApiMethod method) {
    String token =
        switch (method.token()) {
          case NONE -> "none";
          case BOT -> "bot";
          case APP -> "app";
          case ANY -> "any";
        };
    String scopes =
        method.scopes().stream()
            .map(scope -> "`" + scope + "`")
            .collect(Collectors.joining(" or "));
    Rate rate = method.rate();
    String calls =
        rate.perMinute() == rate.burst()
            ? Integer.toString(rate.perMinute())
            : rate.perMinute() + " (" + rate.burst() + " at once)";
    return "| `%s` | %s | %s | %s |\n".formatted(method.name(), token, scopes, calls);
  }

  private static WebApi api() {
    InstantSource clock = InstantSource.system();
    Ids ids = new Ids(new Random(1));
    World world = new World(Workspace.defaults(), new Timestamps(clock), ids);
    return WebApis.create(
        new WebApis.Ground(
            world,
            new Shapes(world, () -> ""),
            new Triggers(ids, clock),
            () -> "",
            () -> "",
            Runnable::run,
            clock),
        new RateLimiter(clock, 0),
        new Faults(),
        new CallLog());
  }
}
