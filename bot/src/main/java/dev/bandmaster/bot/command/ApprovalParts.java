package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.work.ApprovalNews;
import dev.bandmaster.bot.work.SecondLook;
import dev.bandmaster.config.ApprovalsConfig;
import java.util.List;

/** Everything that decides about approvals, put together. */
public final class ApprovalParts {
  private final Voters voters;
  private final Recheck recheck;
  private final Voting voting;
  private final ApprovalNews news;
  private final ApprovalsConfig settings;

  ApprovalParts(
      Voters voters, Recheck recheck, Voting voting, ApprovalNews news, ApprovalsConfig settings) {
    this.voters = voters;
    this.recheck = recheck;
    this.voting = voting;
    this.news = news;
    this.settings = settings;
  }

  /** Whether what was approved may still begin. */
  public SecondLook secondLook() {
    return recheck;
  }

  /** What has to be kept for a request whose job is cancelled. */
  public List<Change> cancelled(Asker asker, Job job) {
    return voting.cancelled(asker, job);
  }

  Voters voters() {
    return voters;
  }

  Voting voting() {
    return voting;
  }

  ApprovalNews news() {
    return news;
  }

  ApprovalsConfig settings() {
    return settings;
  }
}
