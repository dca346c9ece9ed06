package dev.bandmaster.engine.intake;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.engine.pipeline.PipelineBench.allowed;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs.NotOpened;
import dev.bandmaster.core.chat.Dialogs.OnScreen;
import dev.bandmaster.core.chat.Dialogs.Opening;
import dev.bandmaster.core.chat.Dialogs.Screen;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.engine.pipeline.FakeDialogs;
import dev.bandmaster.engine.pipeline.PipelineBench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogControllerTest {
  private static final ConversationRef CHANNEL =
      new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty());
  private static final Opening OPEN = new OnScreen(new Screen("s1", "C1", Optional.empty()));

  @RegisterExtension private final PipelineBench bench = new PipelineBench();
  private final FakeDialogs screens = new FakeDialogs();
  private final DialogController controller = bench.dialogController(screens);

  private Optional<String> click(String action, String value, Opening opening) {
    Inbound.ButtonClick clicked =
        new Inbound.ButtonClick(ANN, CHANNEL, "1.1", action, value, Optional.of(opening));
    return controller.goOn(clicked, opening);
  }

  private Dialog form() {
    assertThat(click(CommandForm.OPEN, "codeupdate", OPEN)).isEmpty();
    return screens.shown.getLast();
  }

  private static List<String> options(Dialog form, String name) {
    return form.fields().stream()
        .filter(Dialog.Pick.class::isInstance)
        .map(Dialog.Pick.class::cast)
        .filter(pick -> pick.name().equals(name))
        .findFirst()
        .orElseThrow()
        .options()
        .stream()
        .map(Dialog.Option::value)
        .toList();
  }

  @Test
  void aFormHasAFieldForEachParameterInItsOrder() {
    Dialog form = form();
    assertThat(form.title()).isEqualTo("Deploy");
    assertThat(form.memory()).isEqualTo("codeupdate");
    assertThat(names(form)).containsExactly("env", "app", "version");
    assertThat(form.fields().getLast())
        .isEqualTo(new Dialog.Press(CommandForm.MORE, "codeupdate", "More options"));
    assertThat(options(form, "env")).containsExactly("prod", "staging");
    assertThat(options(form, "app")).containsExactly("web");
  }

  private static List<String> names(Dialog form) {
    return form.fields().stream()
        .filter(Dialog.Question.class::isInstance)
        .map(field -> ((Dialog.Question) field).name())
        .toList();
  }

  @Test
  void peopleU14_rareOptionsAreBehindAButtonThatKeepsTheFormOpen() {
    assertThat(click(CommandForm.MORE, "codeupdate", OPEN)).isEmpty();
    Dialog whole = screens.shown.getLast();
    assertThat(names(whole))
        .containsExactlyElementsOf(
            bench
                .commands
                .registry()
                .find("codeupdate")
                .orElseThrow()
                .declaration()
                .parameters()
                .stream()
                .map(parameter -> parameter.name())
                .toList());
    assertThat(whole.fields()).noneMatch(Dialog.Press.class::isInstance);
  }

  @Test
  void peopleU14_labelsAreInWords() {
    assertThat(click(CommandForm.MORE, "codeupdate", OPEN)).isEmpty();
    assertThat(screens.shown.getLast().fields())
        .filteredOn(Dialog.Question.class::isInstance)
        .extracting(field -> ((Dialog.Question) field).label())
        .contains("Environment", "Application", "Version", "Max failures", "Dry run");
  }

  @Test
  void peopleU14_aReleaseOfAnotherApplicationIsMarkedAtItsField() {
    Map<String, String> foreign = Map.of("env", "prod", "app", "web", "version", "db@2.1");
    assertThat(bench.forms.mistakes(CommandForm.OPEN, "codeupdate", foreign))
        .containsOnly(Map.entry("version", "This is a release of db, but the application is web."));
    Map<String, String> right = Map.of("env", "prod", "app", "web", "version", "web@1.4.2");
    assertThat(bench.forms.mistakes(CommandForm.OPEN, "codeupdate", right)).isEmpty();
    assertThat(typed(CommandForm.OPEN, "codeupdate", right))
        .contains("codeupdate prod web version=1.4.2");
  }

  @Test
  void onlyWhatThePersonMayUseIsOffered() {
    bench.policy =
        request -> request.env().equals("staging") ? allowed() : denied("Not in " + request.env());
    assertThat(options(form(), "env")).containsExactly("staging");
  }

  @Test
  void whoMayUseItNowhereGetsAnAnswer() {
    bench.policy = request -> denied("No rule allows it.");
    assertThat(form().toString()).contains("There is nothing here you may use 'codeupdate' on.");
    bench.mayEver = action -> false;
    assertThat(form().toString()).contains("You may not use 'codeupdate' here.");
    bench.people = sender -> new Directory.Unknown("Slack is away.");
    assertThat(form().toString())
        .contains("I cannot look up who you are")
        .contains("Slack is away.");
    assertThat(form().submit()).isEmpty();
  }

  @Test
  void aFormThatCannotBeShownSaysWhatToTypeInstead() {
    String late = "Slack's three seconds to open it were over.";
    assertThat(click(CommandForm.OPEN, "rollback", new NotOpened(late)).orElseThrow())
        .startsWith(
            "The form cannot be shown. "
                + late
                + " Type the command instead: `rollback <env> <app>");
    screens.closed = true;
    assertThat(click(CommandForm.OPEN, "rollback", OPEN).orElseThrow()).contains("It was closed.");
    assertThat(click("test.reject", "a-81", new NotOpened(late)).orElseThrow())
        .endsWith("Type the command instead: `cancel 81 <reason>`");
  }

  @Test
  void aReasonIsAskedForWithoutLookingAnythingUp() {
    Dialog dialog = bench.forms.clicked("test.reject", "a-81").orElseThrow();
    assertThat(dialog.id()).isEqualTo("test.reject");
    assertThat(dialog.memory()).isEqualTo("a-81");
    assertThat(click("test.reject", "a-81", OPEN)).isEmpty();
    assertThat(screens.shown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "codeupdate, Deploy",
    "DEPLOY, Deploy",
    "' deploy ', Deploy",
    "rollback, Rollback",
  })
  void aSlashCommandWithoutItsArgumentsIsAForm(String text, String title) {
    assertThat(bench.forms.slashed(text).orElseThrow().title()).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource({"ping", "status", "codeupdate prod web", "''", "nonsense", "jobs"})
  void everythingElseIsNone(String text) {
    assertThat(bench.forms.slashed(text)).isEmpty();
  }

  @Test
  void whatWasFilledInIsTheCommandSomebodyWouldType() {
    Map<String, String> values =
        Map.of("env", "prod", "app", "web", "version", "1.4.2", "batch", "25%", "dry-run", "yes");
    assertThat(bench.forms.mistakes(CommandForm.OPEN, "codeupdate", values)).isEmpty();
    assertThat(typed(CommandForm.OPEN, "codeupdate", values))
        .contains("codeupdate prod web version=1.4.2 batch=25% --dry-run");
    assertThat(typed(CommandForm.OPEN, "forgotten", values)).isEmpty();
    assertThat(
            typed(
                CommandForm.OPEN,
                "adhoc",
                Map.of("env", "prod", "nodes", "web*", "module", "uptime", "args", "a 'b c'")))
        .contains("adhoc prod web* uptime a \"b c\"");
  }

  @Test
  void peopleU3_aReasonFromADialogStaysAsTyped() {
    assertThat(typed("test.reject", "a-81", Map.of("reason", "it's \"too\" early\nsay I")))
        .contains("cancel 81 it's \"too\" early\nsay I");
    assertThat(typed("test.reject", "a-82", Map.of("reason", "no"))).isEmpty();
    assertThat(typed("unknown", "a-81", Map.of("reason", "no"))).isEmpty();
  }

  @Test
  void mistakesAreNamedAtTheirFields() {
    assertThat(
            bench.forms.mistakes(
                CommandForm.OPEN,
                "codeupdate",
                Map.of("env", "prod", "version", "no version", "batch", "many", "pause", "later")))
        .containsOnly(
            Map.entry("app", "Required: what."),
            Map.entry(
                "version",
                "'no version' is not a version: use letters, digits and . _ + -, at most 100 characters, beginning with a letter or digit."),
            Map.entry("batch", "'many' is not a number of nodes. Use batch=3 or batch=25%."),
            Map.entry("pause", "'later' is not a duration. Use 30s, 10m, 2h or 1d."));
    assertThat(
            bench.forms.mistakes(
                CommandForm.OPEN,
                "adhoc",
                Map.of("env", "prod", "nodes", "web1", "module", "uptime", "args", "'open")))
        .containsOnlyKeys("args");
    assertThat(bench.forms.mistakes(CommandForm.OPEN, "gone", Map.of())).isEmpty();
  }

  private Optional<String> typed(String dialog, String memory, Map<String, String> values) {
    return controller.typed(new Inbound.DialogSubmitted(ANN, CHANNEL, dialog, memory, values));
  }
}
