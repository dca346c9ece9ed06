package dev.bandmaster.bus;

import dev.bandmaster.wire.KeyWord;

/**
 * The names of exchanges and queues.
 *
 * @param prefix how all of them begin
 */
record Names(String prefix) {
  String requests() {
    return prefix + ".request";
  }

  String replies() {
    return prefix + ".reply";
  }

  String events() {
    return prefix + ".event";
  }

  String dead() {
    return prefix + ".dead";
  }

  String liveQueue(String node) {
    return prefix + ".live." + KeyWord.of(node);
  }

  String inboxQueue(String node) {
    return prefix + ".inbox." + KeyWord.of(node);
  }

  String serviceQueue(String collective, String capability) {
    return prefix + ".service." + KeyWord.of(collective) + "." + KeyWord.of(capability);
  }

  String replyQueue(String replica) {
    return prefix + ".reply." + KeyWord.of(replica);
  }

  String presenceQueue(String replica) {
    return prefix + ".presence." + KeyWord.of(replica);
  }

  String noticeQueue() {
    return prefix + ".notice";
  }
}
