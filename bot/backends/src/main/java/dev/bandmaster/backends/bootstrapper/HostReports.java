package dev.bandmaster.backends.bootstrapper;

import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Planned.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Ansible counted on hosts, as their reports. Pure. */
public final class HostReports {
  private HostReports() {}

  /** A report of one name. */
  record Said(String name, ReportBody body) {}

  /**
   * The ends of all hosts, and last that of the name that stood for them: from then on all hosts
   * are known.
   */
  static List<Said> of(Reach reach, Map<String, HostStats> hosts) {
    String standIn = reach.nodes().getFirst();
    if (reach instanceof Reach.ChosenByBackend(String _, boolean one) && one) {
      HostStats sum = hosts.values().stream().reduce(new HostStats(0, 0, 0, 0, 0), HostStats::and);
      return List.of(new Said(standIn, end(sum)));
    }
    List<Said> said = new ArrayList<>();
    new TreeMap<>(hosts)
        .forEach((host, stats) -> {
          if (!host.equals(standIn)) {
            said.add(new Said(host, end(stats)));
          }
        });
    HostStats own = hosts.get(standIn);
    said.add(new Said(standIn, own == null ? end(FinalCode.OK, "") : end(own)));
    return said;
  }

  /** An end with a sentence. */
  static ReportBody.Final end(FinalCode code, String sentence) {
    return new ReportBody.Final(code, sentence, null, Data.none());
  }

  /** The end of a host that was worked on. */
  public static ReportBody.Final end(HostStats stats) {
    return new ReportBody.Final(
        stats.isGood() ? FinalCode.OK : FinalCode.FAILED,
        sentence(stats),
        null,
        Data.Fields.EMPTY
            .with("unreachable", stats.unreachable())
            .with("skipped", stats.skipped())
            .with("ok", stats.ok())
            .with("changed", stats.changed())
            .with("failures", stats.failures()));
  }

  private static String sentence(HostStats stats) {
    List<String> counts = new ArrayList<>();
    if (stats.unreachable() > 0) {
      counts.add("unreachable");
    }
    if (stats.failures() > 0) {
      counts.add("failed " + stats.failures());
    }
    counts.add("ok " + stats.ok());
    counts.add("changed " + stats.changed());
    if (stats.skipped() > 0) {
      counts.add("skipped " + stats.skipped());
    }
    return String.join(", ", counts);
  }
}
