package dev.bandmaster.engine.home;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.plugin.Message.Button;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to see on a home tab. */
public sealed interface HomeTabView {

  /** Nothing; the reason is a sentence. */
  record Closed(String reason) implements HomeTabView {}

  /**
   * What one person sees.
   *
   * @param waiting what waits for this person's yes or no, the oldest first
   * @param jobs the person's own, those that run first, then the newest
   * @param fleet empty for those who may not look at it
   * @param forms buttons that open the forms of commands that the person may use somewhere
   */
  record Open(List<Waiting> waiting, List<OwnJob> jobs, Optional<Fleet> fleet, List<Button> forms)
      implements HomeTabView {
    public Open {
      waiting = List.copyOf(waiting);
      jobs = List.copyOf(jobs);
      forms = List.copyOf(forms);
    }
  }

  /**
   * A job of the person.
   *
   * @param buttons what may be done with it; none for older jobs
   */
  record OwnJob(Jobs.Line line, List<Button> buttons) {
    public OwnJob {
      buttons = List.copyOf(buttons);
    }
  }

  /** A request for approval, and the job it is about. */
  record Waiting(Approval approval, Job job) {}

  /**
   * The fleet at a glance.
   *
   * @param environments by name
   * @param alerts a line for each open one, the worst first
   */
  record Fleet(List<Environment> environments, List<OpenAlerts.Line> alerts) {
    public Fleet {
      environments = List.copyOf(environments);
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * How many nodes of an environment are there of those that should be.
   *
   * @param versions how many nodes run which version, by application
   */
  record Environment(
      String name, int present, int expected, Map<String, Map<String, Integer>> versions) {
    public Environment {
      versions = Map.copyOf(versions);
    }
  }
}
