package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.plugin.ApplicationChange;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Risk;
import dev.bandmaster.standard.StandardPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What commands declare of themselves decides, and their names do not. */
class DeclaredCommandsTest {

  private static final Arguments DEPLOY =
      new Arguments(
          Map.of("env", List.of("staging"), "app", List.of("web"), "version", List.of("1.4.2")));

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private final CommandPlugins standard = new CommandPlugins(StandardPlugins.all());

  /**
   * A standard command that goes by another name; the person who undoes it is called by its new
   * name.
   */
  private record Renamed(CommandPlugin original, CommandTraits traits) implements CommandPlugin {
    @Override
    public CommandDeclaration declaration() {
      CommandDeclaration old = original.declaration();
      return new CommandDeclaration(
          "my-" + old.name(), List.of(), old.summary(), old.parameters(), List.of(), traits);
    }

    @Override
    public Planned plan(Invocation invocation, PlanningContext context) {
      return original.plan(invocation, context);
    }

    @Override
    public Optional<Planned.Work> undo(Planned.Subject before, List<String> nodes) {
      return original.undo(before, nodes);
    }
  }

  private static List<CommandPlugin> renamed() {
    List<CommandPlugin> plugins = new ArrayList<>();
    for (CommandPlugin plugin : StandardPlugins.all()) {
      CommandTraits traits = plugin.declaration().traits();
      plugins.add(
          new Renamed(
              plugin,
              traits.undoneBy().map(by -> traits.undoneBy("my-" + by, "Back")).orElse(traits)));
    }
    return plugins;
  }

  private static Job called(Job job, String command) {
    return new Job(
        job.id(),
        job.number(),
        command,
        job.right(),
        job.canonical(),
        job.asker(),
        job.askerName(),
        job.groups(),
        job.place(),
        job.question(),
        job.work(),
        job.backend(),
        job.emergency(),
        job.created(),
        job.patience(),
        job.state());
  }

  private Job job(String text) {
    return bench.opened(text);
  }

  @Test
  void commandW1_aWordMeansTheJobBehindANumberAndTheApplicationOtherwise() {
    assertThat(bench.refusal(ANN, "start 1")).isEqualTo("There is no job 1. To list jobs: `jobs`.");
    assertThat(bench.refusal(ANN, "stop 1")).isEqualTo("There is no job 1. To list jobs: `jobs`.");
    Job stop = job("stop staging web");
    assertThat(stop.work().action()).isEqualTo("stop");
    assertThat(stop.right()).isEqualTo(new Right("stop", "staging", "web"));
    assertThat(bench.answer(ANN, "stop 1")).isEqualTo("Job 1 is cancelled.");
    assertThat(job("start staging web").right())
        .as("who may start jobs that are on hold may not therefore start applications")
        .isEqualTo(new Right("start:app", "staging", "web"));
    assertThat(bench.answer(ANN, "help start"))
        .contains("starts an application", "starts a job that is approved and on hold");
  }

  @Test
  void houseDeclares_buttonsAreWhatTheJobsCommandOffers() {
    Job deploy = job("codeupdate staging web version=1.4.2");
    assertThat(standard.buttons(deploy))
        .containsOnly(
            Map.entry(JobAction.RUN_AGAIN, "Run again"),
            Map.entry(JobAction.RETRY_FAILED, "Retry failed"),
            Map.entry(JobAction.UNDO, "Roll back"));
    assertThat(standard.buttons(job("ping web1")))
        .containsOnlyKeys(JobAction.RUN_AGAIN, JobAction.RETRY_FAILED);
    assertThat(standard.buttons(called(deploy, "gone"))).containsOnlyKeys(JobAction.RETRY_FAILED);
  }

  @Test
  void houseDeclares_aRenamedCommandIsUndoneByWhatItDeclares() {
    CommandPlugins plugins = new CommandPlugins(renamed());
    Job deploy = called(job("codeupdate staging web version=1.4.2"), "my-codeupdate");
    assertThat(plugins.buttons(deploy)).containsEntry(JobAction.UNDO, "Back");
    CommandPlugins.Undo undo = plugins.undoOf(deploy).orElseThrow();
    assertThat(undo.command()).isEqualTo("my-rollback");
    assertThat(undo.plan(new Planned.Subject("staging", "web", "1.4.1"), List.of("web1")))
        .hasValueSatisfying(work -> assertThat(work.reach().nodes()).containsExactly("web1"));
    assertThat(plugins.undoPermissions()).containsExactly("my-rollback");
  }

  @Test
  void houseDeclares_anUndoIsNotUndone() {
    Job deploy = job("codeupdate staging web version=1.4.2");
    Job undo =
        new Job(
            deploy.id(),
            deploy.number(),
            deploy.command(),
            new Right("rollback", "staging", "web"),
            deploy.canonical(),
            deploy.asker(),
            deploy.askerName(),
            deploy.groups(),
            deploy.place(),
            deploy.question(),
            deploy.work(),
            deploy.backend(),
            deploy.emergency(),
            deploy.created(),
            deploy.patience(),
            deploy.state());
    assertThat(standard.undoOf(undo)).isEmpty();
    assertThat(standard.buttons(undo)).doesNotContainKey(JobAction.UNDO);
  }

  @Test
  void houseDeclares_whatUndoesMustExist() {
    List<CommandPlugin> plugins =
        StandardPlugins.all().stream()
            .filter(plugin -> !plugin.declaration().name().equals("rollback"))
            .toList();
    assertThatThrownBy(() -> new CommandPlugins(plugins))
        .hasMessage("codeupdate is undone by 'rollback', and there is no such command");
  }

  @Test
  void houseDeclares_presentersAreFoundByTheJobsCommand() {
    assertThat(standard.presenter("ping")).isNotSameAs(Presenter.PLAIN);
    assertThat(standard.presenter("gone")).isSameAs(Presenter.PLAIN);
  }

  @Test
  void houseDeclares_deadlinesAreDeclaredAndTheConfigurationOverrides() {
    List<CommandDeclaration> declared =
        StandardPlugins.all().stream().map(CommandPlugin::declaration).toList();
    JobSettings settings =
        new JobSettings(
                Duration.ofSeconds(60),
                Map.of("ping", Duration.ofSeconds(9), "deploy", Duration.ofMinutes(20)))
            .declaredBy(declared);
    assertThat(settings.deadlineOf("ping")).isEqualTo(Duration.ofSeconds(9));
    assertThat(settings.deadlineOf("discover")).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.deadlineOf("codeupdate")).isEqualTo(Duration.ofMinutes(20));
    assertThat(settings.deadlineOf("rollback")).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.deadlineOf("adhoc")).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void houseDeclares_jobsHaveTheDeadlineOfTheirCommand() {
    assertThat(job("ping web1").patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(job("codeupdate staging web version=1.4.2").patience())
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(job("adhoc staging web1 uptime").patience()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void houseDeclares_aFormExistsWhereItIsDeclared() {
    for (CommandPlugin plugin : StandardPlugins.all()) {
      CommandTraits traits = plugin.declaration().traits();
      assertThat(CommandForm.isFor(new Command.Planned(plugin))).isEqualTo(traits.form());
      assertThat(CommandForm.isFor(new Command.Planned(new Renamed(plugin, traits.withForm()))))
          .isTrue();
    }
  }

  @Test
  void houseDeclares_aPlanThatDoesMoreThanDeclaredIsRefused() {
    for (CommandTraits wrong :
        List.of(
            CommandTraits.STANDARD,
            CommandTraits.STANDARD.risking(Risk.CHANGES),
            CommandTraits.STANDARD.changing(ApplicationChange.RESTART),
            CommandTraits.STANDARD.changing(ApplicationChange.REMOVE))) {
      assertThatThrownBy(() -> plan("codeupdate", DEPLOY, wrong))
          .hasMessageContaining("the plan of my-codeupdate does not fit what the command declares");
    }
    assertThatThrownBy(() ->
            plan(
                "ping", Arguments.NONE, CommandTraits.STANDARD.changing(ApplicationChange.INSTALL)))
        .hasMessageContaining("the plan of my-ping does not fit");
    assertThat(plan("ping", Arguments.NONE, CommandTraits.STANDARD)).isInstanceOf(Step.On.class);
    assertThat(
            plan("codeupdate", DEPLOY, CommandTraits.STANDARD.changing(ApplicationChange.INSTALL)))
        .isInstanceOf(Step.On.class);
  }

  private Step<PlannedCommand> plan(String name, Arguments arguments, CommandTraits traits) {
    CommandPlugin original =
        StandardPlugins.all().stream()
            .filter(plugin -> plugin.declaration().name().equals(name))
            .findFirst()
            .orElseThrow();
    return bench.planOf(new Command.Planned(new Renamed(original, traits)), arguments);
  }

  @Test
  void houseDeclares_undoNeedsTheRightOfTheCommandThatUndoes() {
    job("codeupdate staging web version=1.4.2");
    bench.mayEver = action -> action.equals("rollback") || action.equals("help");
    assertThat(bench.answer("help")).contains("undo");
  }
}
