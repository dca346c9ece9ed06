package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.SendMethod;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What every outbox must hold to, whatever it keeps its rows in. */
public abstract class OutboxContract extends StoreFixture {
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** A lease that has run out when it is looked at. */
  private static final Duration SHORT = Duration.ZERO;

  /** Runs a statement on the store's database, beside the store. */
  protected abstract void execute(String statement);

  private Outbox.Claim claim(String holder, Duration lease, String id) {
    List<Outbox.Claim> claims = outbox().claim(holder, clock.instant(), lease, List.of(id));
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  private Outbox.Claim claim(String id) {
    return claim("bot-1", LEASE, id);
  }

  private static Outbox.Settled held() {
    return new Outbox.Settled(true, Optional.empty());
  }

  @Test
  void reliabilityR3_anyNumberOfRedrawsIsOneSending() {
    show("job:1", "1 of 3", Urgency.NOW);
    show("job:1", "2 of 3", Urgency.PROGRESS);
    show("job:1", "3 of 3", Urgency.SOON);
    Outbox.Item item = only();
    assertThat(item.version()).isEqualTo(3);
    assertThat(item.content()).isEqualTo(message("3 of 3"));
    assertThat(item.urgency()).as("as urgent as the most urgent of them").isEqualTo(Urgency.NOW);
    assertThat(outbox().sent(claim("job:1"), "1.1")).isEqualTo(held());
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }

  @Test
  void reliabilityR3_whatIsBeingSentIsDueForNobodyElse() {
    show("job:1", "running", Urgency.NOW);
    assertThat(claim("job:1").item().uncertain()).isFalse();
    assertThat(due()).isEmpty();
    assertThat(outbox().claim("bot-2", clock.instant(), LEASE, List.of("job:1"))).isEmpty();
    assertThat(outbox().nextAttempt(clock.instant())).isPresent();
  }

  @Test
  void reliabilityR3_aRedrawWhileItIsSentStaysDue() {
    show("job:1", "running", Urgency.NOW);
    Outbox.Claim claim = claim("job:1");
    show("job:1", "done", Urgency.NOW);
    assertThat(due()).isEmpty();
    outbox().sent(claim, "1.1");
    Outbox.Item next = only();
    assertThat(next.content()).isEqualTo(message("done"));
    assertThat(next.timestamp()).contains("1.1");
  }

  @Test
  void whatIsUrgentStaysSoUntilItIsSentAndNoLonger() {
    show("job:1", "approved", Urgency.NOW);
    show("job:1", "running", Urgency.PROGRESS);
    assertThat(only().urgency()).as("nobody has seen that it is approved").isEqualTo(Urgency.NOW);
    Outbox.Claim claim = claim("job:1");
    show("job:1", "further", Urgency.PROGRESS);
    outbox().sent(claim, "1.1");
    assertThat(only().urgency()).isEqualTo(Urgency.PROGRESS);
    show("job:1", "done", Urgency.NOW);
    assertThat(only().urgency()).isEqualTo(Urgency.NOW);
  }

  @Test
  void whatWaitsKeepsItsPlaceWhenItIsDrawnAgain() {
    show("job:1", "running", Urgency.PROGRESS);
    clock.advance(Duration.ofSeconds(1));
    show("job:2", "running", Urgency.PROGRESS);
    clock.advance(Duration.ofSeconds(1));
    show("job:1", "further", Urgency.PROGRESS);
    assertThat(due()).containsExactly("job:1", "job:2");

    Outbox.Claim first = claim("job:1");
    show("job:1", "still further", Urgency.PROGRESS);
    clock.advance(Duration.ofSeconds(1));
    outbox().sent(first, "1.1");
    assertThat(due()).containsExactly("job:2", "job:1");
  }

  @Test
  void whatSlackHasShownUnchangedForLongestGoesFirst() {
    for (String id : List.of("job:1", "job:2")) {
      show(id, "running", Urgency.NOW);
      clock.advance(Duration.ofSeconds(1));
      outbox().sent(claim(id), "1.1");
    }
    for (String id : List.of("job:2", "job:1", "job:2")) {
      show(id, "further", Urgency.PROGRESS);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(due()).containsExactly("job:1", "job:2");
  }

  @Test
  void theClaimHoldsTheNewestContentAndNothingThatIsNotDueAnyMore() {
    show("job:1", "running", Urgency.NOW);
    show("job:2", "running", Urgency.NOW);
    List<String> looked = due();
    show("job:1", "done", Urgency.NOW);
    outbox().sent(claim("job:2"), "1.2");
    List<Outbox.Claim> claims = outbox().claim("bot-1", clock.instant(), LEASE, looked);
    assertThat(claims).extracting(each -> each.item().content()).containsExactly(message("done"));
    assertThat(outbox().claim("bot-1", clock.instant(), LEASE, List.of())).isEmpty();
  }

  @Test
  void reliabilityR3_aClaimThatRanOutIsADoubtForAPostAndNoneForARedrawing() {
    show("job:1", "running", Urgency.NOW);
    claim("bot-1", SHORT, "job:1");
    Outbox.Claim second = claim("bot-2", LEASE, "job:1");
    assertThat(second.item().uncertain()).isTrue();
    outbox().sent(second, "1.1");
    show("job:1", "done", Urgency.NOW);
    claim("bot-1", SHORT, "job:1");
    assertThat(claim("bot-2", LEASE, "job:1").item().uncertain()).isFalse();
  }

  @Test
  void reliabilityR6_whoLostTheClaimNotesNothingAndItIsDrawnOnceMore() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "older", Urgency.NOW);
    Outbox.Claim slow = claim("bot-1", SHORT, "job:1");
    show("job:1", "newest", Urgency.NOW);
    Outbox.Claim quick = claim("bot-2", LEASE, "job:1");
    assertThat(outbox().sent(quick, "1.1")).isEqualTo(held());
    assertThat(due()).isEmpty();
    assertThat(outbox().sent(slow, "1.1").held()).isFalse();
    assertThat(only().content()).isEqualTo(message("newest"));
    assertThat(only().timestamp()).contains("1.1");
  }

  @Test
  void reliabilityR6_aSecondPostIsNamedSoThatItCanBeTakenAway() {
    show("job:1", "running", Urgency.NOW);
    Outbox.Claim slow = claim("bot-1", SHORT, "job:1");
    Outbox.Claim quick = claim("bot-2", LEASE, "job:1");
    assertThat(outbox().sent(quick, "1.2")).isEqualTo(held());
    assertThat(outbox().sent(slow, "1.1")).isEqualTo(new Outbox.Settled(false, Optional.of("1.1")));
    assertThat(only().timestamp()).contains("1.2");
  }

  @Test
  void reliabilityR6_whereTheLoserNotesFirstItsPostStays() {
    show("job:1", "running", Urgency.NOW);
    Outbox.Claim slow = claim("bot-1", SHORT, "job:1");
    Outbox.Claim quick = claim("bot-2", LEASE, "job:1");
    assertThat(outbox().sent(slow, "1.1")).isEqualTo(new Outbox.Settled(false, Optional.empty()));
    assertThat(outbox().sent(quick, "1.2")).isEqualTo(new Outbox.Settled(true, Optional.of("1.2")));
    assertThat(only().timestamp()).contains("1.1");
  }

  @Test
  void reliabilityR6_aLoserNeitherPostponesNorParksNorPostsAgain() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "done", Urgency.NOW);
    Outbox.Claim slow = claim("bot-1", SHORT, "job:1");
    Outbox.Claim quick = claim("bot-2", LEASE, "job:1");
    outbox().postpone(slow, clock.instant().plusSeconds(60), false, "rate limited");
    outbox().park(slow, "msg_too_long", Optional.of(apology()));
    outbox().repost(slow);
    assertThat(outbox().parked()).isZero();
    assertThat(outbox().sent(quick, "1.1")).isEqualTo(held());
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }

  @Test
  void reliabilityR6_aFileOrAWhisperIsNotSentOnceMore() {
    Map<String, Outbound> items =
        Map.of(
            "file", new Outbound.FileAttachment(THREAD, "a.txt", "A", "x"),
            "whisper", new Outbound.Ephemeral(THREAD, "U1", Message.sentence("no")));
    items.forEach((id, item) -> store.commit(new Change.PostMessage(id, item, Urgency.NOW)));
    for (String id : items.keySet()) {
      Outbox.Claim slow = claim("bot-1", SHORT, id);
      outbox().sent(claim("bot-2", LEASE, id), "");
      assertThat(outbox().sent(slow, "").held()).isFalse();
    }
    assertThat(due()).isEmpty();
  }

  @Test
  void outboxR3_whatADeadSenderHadClaimedIsDueAtOnceAndInDoubt() {
    show("posted", "?", Urgency.NOW);
    show("drawn", "1", Urgency.NOW);
    outbox().sent(claim("drawn"), "1.1");
    show("drawn", "2", Urgency.NOW);
    Outbox.Claim dead = claim("posted");
    claim("drawn");
    assertThat(due()).isEmpty();
    outbox().releaseClaims("bot-1");
    assertThat(outbox().due(clock.instant(), 10))
        .extracting(Outbox.Item::id, Outbox.Item::uncertain)
        .containsExactlyInAnyOrder(tuple("posted", true), tuple("drawn", false));
    // It was not dead after all; what it notes counts for nothing.
    assertThat(outbox().sent(dead, "9.9").held()).isFalse();
  }

  @Test
  void whatHasNoTimestampKeepsNone() {
    store.commit(
        new Change.PostMessage(
            "mark:1", new Outbound.Reaction("C1", "1.1", "eyes", ""), Urgency.SOON));
    assertThat(outbox().sent(claim("mark:1"), "")).isEqualTo(held());
    assertThat(due()).isEmpty();
  }

  @Test
  void reliabilityR3_whatIsPostponedComesBackInTimeAndRemembersItsDoubt() {
    show("job:1", "running", Urgency.NOW);
    outbox().postpone(claim("job:1"), clock.instant().plusSeconds(5), true, "timeout");
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isEqualTo(1);
    assertThat(outbox().nextAttempt(clock.instant())).contains(clock.instant().plusSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    outbox().postpone(claim("job:1"), clock.instant(), false, "rate limited");
    Outbox.Item item = only();
    assertThat(item.uncertain()).isTrue();
    assertThat(item.attempts()).isEqualTo(2);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "done", Urgency.NOW);
    assertThat(only().uncertain()).isFalse();
    assertThat(only().attempts()).isZero();
  }

  @Test
  void whatIsDueNowDoesNotHideWhenTheNextOneIs() {
    show("now", "1", Urgency.NOW);
    show("later", "2", Urgency.NOW);
    Instant next = clock.instant().plusSeconds(5);
    outbox().postpone(claim("later"), next, false, "rate limited");
    assertThat(due()).containsExactly("now");
    assertThat(outbox().nextAttempt(clock.instant())).contains(next);
  }

  @Test
  void whatIsGoneIsPostedAgain() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "done", Urgency.NOW);
    outbox().repost(claim("job:1"));
    assertThat(only().timestamp()).isEmpty();
    outbox().sent(claim("job:1"), "2.2");
    show("job:1", "corrected", Urgency.NOW);
    assertThat(only().timestamp()).contains("2.2");
  }

  @Test
  void reliabilityR3_whatIsRefusedIsParkedAndCountedAndNewContentIsTried() {
    show("job:1", "too long", Urgency.NOW);
    outbox().park(claim("job:1"), "msg_too_long", Optional.empty());
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isZero();
    assertThat(outbox().parked()).isEqualTo(1);
    assertThat(outbox().nextAttempt(clock.instant())).isEmpty();
    show("job:1", "progress alone is no reason to try again", Urgency.PROGRESS);
    assertThat(due()).isEmpty();
    show("job:1", "short", Urgency.NOW);
    assertThat(due()).containsExactly("job:1");
    assertThat(outbox().parked()).isZero();
  }

  @Test
  void reliabilityR8_theEndThatCameWhileProgressWasRefusedIsTriedToo() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "1 of 4", Urgency.PROGRESS);
    Outbox.Claim refused = claim("job:1");
    show("job:1", "4 of 4", Urgency.NOW);
    outbox().park(refused, "is_inactive", Optional.empty());
    assertThat(only().content()).isEqualTo(message("4 of 4"));
    outbox().park(claim("job:1"), "is_inactive", Optional.empty());
    assertThat(due()).isEmpty();
    assertThat(outbox().parked()).isEqualTo(1);
  }

  private static Change.PostMessage apology() {
    return new Change.PostMessage("apology:job:1", message("sorry"), Urgency.NOW);
  }

  @Test
  void aNoticeToAPersonIsKeptTogetherWithTheEndOfTheTrying() {
    show("job:1", "running", Urgency.NOW);
    outbox().park(claim("job:1"), "not_in_channel", Optional.of(apology()));
    assertThat(due()).containsExactly("apology:job:1");
  }

  @Test
  void theUrgentIsSentFirstAndThenTheOldest() {
    show("progress", "p", Urgency.PROGRESS);
    show("first", "1", Urgency.NOW);
    show("mark", "m", Urgency.SOON);
    show("second", "2", Urgency.NOW);
    assertThat(due()).containsExactly("first", "second", "mark", "progress");
    assertThat(outbox().due(clock.instant(), 2)).hasSize(2);
    assertThat(outbox().claim("bot-1", clock.instant(), LEASE, due()))
        .extracting(claim -> claim.item().id())
        .containsExactly("first", "second", "mark", "progress");
  }

  @Test
  void reliabilityR6_anItemIsClaimedByOneOfManyAtATime() throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      show("job:" + i, "running", Urgency.NOW);
      ids.add("job:" + i);
    }
    Map<String, AtomicInteger> claimed = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      String holder = "bot-" + t;
      threads.add(
          Thread.ofVirtual()
              .name(holder)
              .start(() -> {
                for (int from = 0; from < 40; from += 8) {
                  outbox()
                      .claim(holder, clock.instant(), LEASE, ids.subList(from, from + 8))
                      .forEach(claim ->
                          claimed
                              .computeIfAbsent(claim.item().id(), id -> new AtomicInteger())
                              .incrementAndGet());
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(claimed.values()).hasSize(40).allMatch(count -> count.get() == 1);
  }

  // --- T18: nobody can fill the way out ---

  private static Outbound in(String channel, String text) {
    return new Outbound.ChannelMessage(
        new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty()),
        Message.sentence(text),
        false);
  }

  private static Change.PostMessage reaction(int number) {
    return new Change.PostMessage(
        "mark:" + number, new Outbound.Reaction("C1", number + ".1", "eyes", ""), Urgency.PROGRESS);
  }

  private void fill(String channel, int count, Urgency urgency) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(
          new Change.PostMessage(
              "%s:%s:%04d".formatted(channel, urgency, i), in(channel, "text " + i), urgency));
    }
    store.commit(changes);
    clock.advance(Duration.ofMillis(1));
  }

  private List<String> due(Outbox.Held held, int perLane, int limit) {
    return outbox().due(clock.instant(), held, perLane, limit).stream()
        .map(Outbox.Item::id)
        .toList();
  }

  @Test
  void trustT18_whateverWaitsForOneChannelHidesNoOther() {
    fill("CALERTS", 600, Urgency.NOW);
    store.commit(
        new Change.PostMessage("ping", in("D1", "pong"), Urgency.NOW),
        new Change.PostMessage("job:1", in("CJOBS", "running"), Urgency.SOON),
        new Change.PostMessage("job:2", in("CJOBS", "1 of 2"), Urgency.PROGRESS),
        reaction(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(due(Outbox.Held.NOTHING, 8, 12))
        .contains("ping", "job:1", "job:2", "mark:1")
        .hasSize(12);
    assertThat(due(Outbox.Held.NOTHING, 8, 5))
        .as("of none a second one before the first one of every other")
        .containsExactly("CALERTS:NOW:0000", "ping", "job:1", "job:2", "mark:1");
  }

  @Test
  void trustT18_whatIsHeldIsNotRead() {
    fill("CALERTS", 20, Urgency.NOW);
    fill("CALERTS", 20, Urgency.PROGRESS);
    fill("CJOBS", 1, Urgency.NOW);
    fill("CJOBS", 1, Urgency.PROGRESS);
    store.commit(reaction(1));
    clock.advance(Duration.ofMillis(1));
    Outbox.Lane alerts = new Outbox.Lane(SendMethod.POST, "CALERTS");
    assertThat(due(new Outbox.Held(Map.of(), Map.of(alerts, Urgency.NOW)), 8, 100))
        .containsExactly("CJOBS:NOW:0000", "CJOBS:PROGRESS:0000", "mark:1");
    assertThat(due(new Outbox.Held(Map.of(), Map.of(alerts, Urgency.PROGRESS)), 1, 100))
        .containsExactly("CALERTS:NOW:0000", "CJOBS:NOW:0000", "CJOBS:PROGRESS:0000", "mark:1");
    assertThat(due(new Outbox.Held(Map.of(SendMethod.POST, Urgency.PROGRESS), Map.of()), 1, 100))
        .containsExactly("CALERTS:NOW:0000", "CJOBS:NOW:0000", "mark:1");
    assertThat(due(new Outbox.Held(Map.of(SendMethod.POST, Urgency.NOW), Map.of()), 8, 100))
        .containsExactly("mark:1");
  }

  @Test
  void trustT18_aMessageThatIsThereIsOfAnotherLane() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent(claim("job:1"), "1.1");
    show("job:1", "done", Urgency.NOW);
    Outbox.Held noPosts = new Outbox.Held(Map.of(SendMethod.POST, Urgency.NOW), Map.of());
    Outbox.Held noUpdates = new Outbox.Held(Map.of(SendMethod.UPDATE, Urgency.NOW), Map.of());
    assertThat(due(noPosts, 8, 10)).containsExactly("job:1");
    assertThat(due(noUpdates, 8, 10)).isEmpty();
    outbox().repost(claim("job:1"));
    assertThat(due(noPosts, 8, 10)).isEmpty();
    assertThat(due(noUpdates, 8, 10)).containsExactly("job:1");
  }

  @Test
  void trustT18_rowsOfAnEarlierVersionAreSortedIn() {
    fill("CALERTS", 3, Urgency.NOW);
    execute("UPDATE outbox SET method = '', channel = ''");
    store.close();
    store = open();
    assertThat(due(Outbox.Held.NOTHING, 8, 10)).hasSize(3);
    Outbox.Lane alerts = new Outbox.Lane(SendMethod.POST, "CALERTS");
    assertThat(due(new Outbox.Held(Map.of(), Map.of(alerts, Urgency.NOW)), 8, 10)).isEmpty();
  }

  @Test
  void isolation_aRowThatCannotBeReadIsSetAsideAndAllOthersGoOn() {
    fill("CALERTS", 10, Urgency.NOW);
    execute("UPDATE outbox SET item = '{\"is\":\"Unheard\"}' WHERE id = 'CALERTS:NOW:0000'");
    execute("UPDATE outbox SET item = 'no JSON' WHERE id = 'CALERTS:NOW:0001'");
    assertThat(due(Outbox.Held.NOTHING, 8, 100)).hasSize(6);
    assertThat(outbox().parked()).as("counted").isEqualTo(2);
    assertThat(due(Outbox.Held.NOTHING, 8, 100)).hasSize(8).doesNotContain("CALERTS:NOW:0000");
    execute("UPDATE outbox SET item = '{' WHERE id = 'CALERTS:NOW:0002'");
    assertThat(
            outbox()
                .claim(
                    "bot-1",
                    clock.instant(),
                    LEASE,
                    List.of("CALERTS:NOW:0002", "CALERTS:NOW:0003")))
        .extracting(claim -> claim.item().id())
        .containsExactly("CALERTS:NOW:0003");
    assertThat(outbox().parked()).isEqualTo(3);
    show("CALERTS:NOW:0000", "drawn again", Urgency.NOW);
    assertThat(outbox().parked()).as("a redraw brings it back").isEqualTo(2);
    assertThat(due()).contains("CALERTS:NOW:0000");
  }

  /** Compares every look with what a plain reading of all rows would find. */
  @Test
  void trustT18_looksAreFairWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LoggerFactory.getLogger(OutboxContract.class).info("Seed {}", seed);
    for (int step = 0; step < 150; step++) {
      String channel = "C" + random.nextInt(4);
      String id = channel + ":" + random.nextInt(6);
      Urgency urgency = List.of(Urgency.values()).get(random.nextInt(3));
      switch (random.nextInt(6)) {
        case 0, 1, 2 ->
            store.commit(new Change.PostMessage(id, in(channel, "text " + step), urgency));
        case 3 ->
            outbox()
                .claim("bot-1", clock.instant(), LEASE, List.of(id))
                .forEach(claim -> outbox().sent(claim, "ts-" + claim.item().id()));
        case 4 ->
            outbox()
                .claim("bot-1", clock.instant(), LEASE, List.of(id))
                .forEach(claim ->
                    outbox().postpone(claim, clock.instant().plusMillis(5), false, "later"));
        default ->
            outbox()
                .claim("bot-1", clock.instant(), LEASE, List.of(id))
                .forEach(claim -> outbox().repost(claim));
      }
      clock.advance(Duration.ofMillis(1));
      List<Outbox.Item> all = outbox().due(clock.instant(), 1_000);
      Outbox.Held held =
          new Outbox.Held(
              random.nextBoolean() ? Map.of() : Map.of(SendMethod.UPDATE, urgency),
              random.nextBoolean()
                  ? Map.of()
                  : Map.of(new Outbox.Lane(SendMethod.POST, channel), urgency));
      int perLane = 1 + random.nextInt(3);
      Map<String, Integer> places = new HashMap<>();
      List<String> expected =
          all.stream()
              .filter(item -> !held.holds(Outbox.Lane.of(item), item.urgency()))
              .filter(item ->
                  places.merge(Outbox.Lane.of(item) + " " + item.urgency(), 1, Integer::sum)
                      <= perLane)
              .map(Outbox.Item::id)
              .toList();
      assertThat(due(held, perLane, 1_000)).as("step %d of %d", step, seed).isEqualTo(expected);
    }
  }
}
