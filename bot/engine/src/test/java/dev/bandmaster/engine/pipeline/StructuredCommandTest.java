package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructuredCommandTest {
  private static final CommandRegistry REGISTRY =
      CommandRegistry.of(
          List.of(
              command(
                  "run",
                  Parameter.positional("env", new Parameter.Type.Environment(), "where"),
                  Parameter.positional("module", new Parameter.Type.Word(), "what"),
                  Parameter.named("version", new Parameter.Type.Version(), "which"),
                  Parameter.flag("dry-run", "only shows"),
                  Parameter.rest("args", new Parameter.Type.Word(), "with what")),
              command(
                  "hold",
                  Parameter.positional("env", new Parameter.Type.Environment(), "where"),
                  Parameter.positional("app", new Parameter.Type.Application(), "what").optional(),
                  Parameter.rest("reason", new Parameter.Type.Text(), "why"))));

  private static Command command(String name, Parameter... parameters) {
    return new Command.BuiltIn(
        new CommandDeclaration(name, List.of(), "does it", List.of(parameters), List.of(name)),
        (asker, arguments) -> Message.sentence(""));
  }

  private static StructuredCommand of(String command, Map<String, List<String>> arguments) {
    return StructuredCommand.of(REGISTRY, command, arguments);
  }

  private static String mistake(String command, Map<String, List<String>> arguments) {
    return of(command, arguments) instanceof StructuredCommand.Mistaken(String reason)
        ? reason
        : "it is no mistake";
  }

  @Test
  void apiZ1_argumentsByNameAreTheLineThatAPersonWouldType() {
    assertThat(
            of(
                "run",
                Map.of(
                    "args", List.of("name=web", "two words", "it's"),
                    "dry-run", List.of(),
                    "version", List.of("1.4.2"),
                    "module", List.of("service"),
                    "env", List.of("staging"))))
        .isEqualTo(
            new StructuredCommand.Line(
                "run staging service version=1.4.2 --dry-run name=web \"two words\" \"it's\""));
    assertThat(
            of(
                "hold",
                Map.of(
                    "env", List.of("prod"),
                    "app", List.of("web"),
                    "reason", List.of("it --burns, \"badly\""))))
        .isEqualTo(new StructuredCommand.Line("hold prod web it --burns, \"badly\""));
  }

  @Test
  void apiZ1_noValueBecomesAnOptionOrAnotherArgument() {
    for (String value : List.of("--dry-run", "--version=2", "version=2", "env=prod", "--x")) {
      assertThat(
              mistake(
                  "run",
                  Map.of(
                      "env", List.of("staging"),
                      "module", List.of("service"),
                      "args", List.of(value))))
          .as(value)
          .isNotEqualTo("it is no mistake");
    }
    assertThat(mistake("hold", Map.of("env", List.of("prod"), "reason", List.of("web is on fire"))))
        .startsWith("These values would mean something else");
    assertThat(
            mistake("run", Map.of("env", List.of("staging"), "module", List.of("a\nrun prod b"))))
        .contains("control character or line end");
  }

  @Test
  void apiZ1_whatIsWrongWithArgumentsIsNamed() {
    assertThat(mistake("walk", Map.of())).isEqualTo("Unknown command 'walk'.");
    assertThat(mistake("run", Map.of("envs", List.of("x"))))
        .isEqualTo("'run' has no argument 'envs'. It has: env, module, version, dry-run, args.");
    assertThat(mistake("run", Map.of("env", List.of("a", "b"))))
        .isEqualTo("The argument 'env' has one value.");
    assertThat(mistake("run", Map.of("env", List.of(" "))))
        .startsWith("A value of the argument 'env' is blank");
    assertThat(mistake("run", Map.of("dry-run", List.of("yes"))))
        .isEqualTo("The argument 'dry-run' is a flag: true or false.");
    assertThat(mistake("run", Map.of("env", List.of("staging")))).contains("<module> is missing");
    assertThat(mistake("run", Map.of("env", List.of())))
        .isEqualTo("The argument 'env' has one value.");
  }
}
