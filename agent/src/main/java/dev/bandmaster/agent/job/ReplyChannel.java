package dev.bandmaster.agent.job;

import dev.bandmaster.model.ReportBody;

/** The replies of this node to one request. Any thread. */
public final class ReplyChannel {

  private final String request;
  private final String replyTo;
  private final ReplyChannels channels;

  ReplyChannel(String request, String replyTo, ReplyChannels channels) {
    this.request = request;
    this.replyTo = replyTo;
    this.channels = channels;
  }

  /** Sends the next reply. */
  public void send(ReportBody body) {
    send(body, () -> {});
  }

  /** Sends the next reply and runs something once it can no longer be lost. */
  public void send(ReportBody body, Runnable kept) {
    channels.send(request, replyTo, body, kept);
  }

  /** Waits for room for output, for some seconds at most; to be called by the job's own thread. */
  void awaitRoom() {
    channels.awaitRoom();
  }
}
