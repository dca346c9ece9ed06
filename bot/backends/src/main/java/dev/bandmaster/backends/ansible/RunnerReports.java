package dev.bandmaster.backends.ansible;

import dev.bandmaster.backends.bootstrapper.HostReports;
import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeName;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the hosts out of a runner's reports. What concerns all of them is said of the name that
 * stands for them. Pure.
 */
final class RunnerReports {
  /** Before a host's name: as the key of a step, and as the name of what it printed. */
  private static final String HOST = "host:";

  private static final String HOSTS = "hosts";

  /** Hosts of one job; a runner reports no more. */
  private static final int MOST_HOSTS = 1_000;

  private static final int LONGEST_STEP = 200;

  private final Job job;
  private final TargetReport report;
  private final String standIn;
  private final List<TargetReport> reports = new ArrayList<>();

  private RunnerReports(Job job, TargetReport report) {
    this.job = job;
    this.report = report;
    this.standIn = job.work().reach().nodes().getFirst();
  }

  /** What a report of the job's runner says about its hosts. */
  static List<TargetReport> of(Job job, TargetReport report) {
    RunnerReports read = new RunnerReports(job, report);
    read.read(report.body());
    return List.copyOf(read.reports);
  }

  private void read(ReportBody body) {
    switch (body) {
      case ReportBody.Progress(String key, String value) when key.startsWith(HOST) -> {
        int blank = value.indexOf(' ');
        String status = blank < 0 ? value : value.substring(0, blank);
        say(
            key.substring(HOST.length()),
            new ReportBody.Progress(step(value.substring(blank + 1)), status));
      }
      case ReportBody.Output(String stream, String text) when stream.startsWith(HOST) ->
          say(stream.substring(HOST.length()), new ReportBody.Output("stdout", text));
      case ReportBody.Final end
          when end.code() == FinalCode.DUPLICATE && end.stored().isPresent() ->
          ended(end.stored().get());
      case ReportBody.Final end -> ended(end);
      case ReportBody.Accepted _,
          ReportBody.Started _,
          ReportBody.Heartbeat _,
          ReportBody.Progress _,
          ReportBody.Output _ ->
          say(standIn, body);
    }
  }

  /** The hosts first: once the name that stood for them has ended, all hosts are known. */
  private void ended(ReportBody.Final end) {
    Map<String, Data> hosts = end.data().get(HOSTS).fields();
    boolean failed = false;
    for (Map.Entry<String, Data> host : hosts.entrySet()) {
      HostStats stats = stats(host.getValue());
      failed |= !stats.isGood();
      if (!host.getKey().equals(standIn)) {
        say(host.getKey(), HostReports.end(stats));
      }
    }
    boolean isSaidByHosts =
        !hosts.isEmpty()
            && (end.code() == FinalCode.OK || (end.code() == FinalCode.FAILED && failed));
    Data own = hosts.getOrDefault(standIn, Data.none());
    if (!isSaidByHosts) {
      say(standIn, new ReportBody.Final(end.code(), end.message(), end.exit(), Data.none()));
    } else if (own.isNone()) {
      say(standIn, new ReportBody.Final(FinalCode.OK, "", null, Data.none()));
    } else {
      say(standIn, HostReports.end(stats(own)));
    }
  }

  private void say(String host, ReportBody body) {
    boolean isKnown = job.state().nodes().containsKey(host) || host.equals(standIn);
    if (isKnown || (NodeName.isValid(host) && job.state().nodes().size() < MOST_HOSTS)) {
      reports.add(
          new TargetReport(
              report.request(), host, report.boot(), report.sequence(), report.sentAt(), body));
    }
  }

  private static String step(String task) {
    String plain = task.replaceAll("\\p{Cntrl}", " ").strip();
    String some = plain.isEmpty() ? "task" : plain;
    return some.length() <= LONGEST_STEP ? some : some.substring(0, LONGEST_STEP - 1) + "…";
  }

  private static HostStats stats(Data counted) {
    return new HostStats(
        count(counted, "unreachable"),
        count(counted, "skipped"),
        count(counted, "ok"),
        count(counted, "changed"),
        count(counted, "failures"));
  }

  private static int count(Data counted, String name) {
    return counted
        .get(name)
        .number()
        .map(number -> number.max(BigDecimal.ZERO).min(BigDecimal.valueOf(1_000_000)).intValue())
        .orElse(0);
  }
}
