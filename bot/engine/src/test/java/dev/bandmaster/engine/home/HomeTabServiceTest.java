package dev.bandmaster.engine.home;

import static dev.bandmaster.core.approval.SampleApprovals.ANN;
import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.CARL;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.engine.pipeline.Help;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HomeTabServiceTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private int deliveries;
  private final SettableClock clock = new SettableClock(NOON);
  private final List<Inbound> passedOn = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<OpenAlerts.Line> alerts = new ArrayList<>();
  private static final List<Command> COMMANDS =
      Stream.concat(
              StandardPlugins.all().stream().<Command>map(Command.Planned::new),
              Stream.of(
                  new Command.BuiltIn(
                      Help.DECLARATION, (asker, arguments) -> Message.sentence("help"))))
          .toList();

  private Set<String> rights = Set.of("help", "discover", "codeupdate");
  private Directory people =
      sender ->
          new Directory.Known(
              new Person(
                  sender,
                  sender.user(),
                  Person.Kind.MEMBER,
                  sender.equals(CARL) ? Set.of() : Set.of("sre")));

  private final AccessRules rules =
      new AccessRules() {
        @Override
        public Decision decide(Request request) {
          throw new AssertionError("nothing is decided for a home tab");
        }

        @Override
        public boolean couldEverAllow(Principal principal, Channel channel, String action) {
          return rights.contains(action);
        }

        @Override
        public boolean couldEverAllow(
            Principal principal,
            Channel channel,
            String action,
            Optional<String> env,
            Optional<String> app) {
          return rights.contains(action);
        }
      };

  private final InboxWorker.Reception next =
      (item, inbound) -> {
        passedOn.add(inbound);
        store.commit(new Change.MarkHandled(item.id()));
      };
  private final HomeTabService service =
      new HomeTabService(
          store,
          new HomeTabViews(
              store,
              sender -> people.find(sender),
              rules,
              CommandRegistry.of(COMMANDS),
              Set.of("prod"),
              () -> List.copyOf(nodes),
              () -> List.copyOf(alerts),
              job -> List.of(),
              clock),
          next,
          clock);

  private void receive(Inbound inbound) {
    Inbox.Item item =
        store
            .inbox()
            .receive(
                new Change.AcceptDelivery(
                    "key-" + deliveries++, "event", "{}", clock.instant(), "r1"))
            .orElseThrow();
    service.receive(item, inbound);
    assertThat(store.inbox().unhandled("r1")).isEmpty();
  }

  private static ConversationRef direct(UserRef sender) {
    return new ConversationRef("D" + sender.user(), ConversationRef.Kind.DIRECT, Optional.empty());
  }

  private void opens(UserRef sender) {
    receive(new Inbound.HomeOpened(sender, direct(sender)));
  }

  private Approval asked(long number) {
    Job job = SampleApprovals.waiting(number);
    Approval approval = SampleApprovals.request(number, wants(need(1, "sre")));
    store.commit(new Change.CreateJob(job, "r1"), new Change.CreateApproval(approval));
    return approval;
  }

  private Message home(UserRef sender) {
    return ((Outbound.HomeTab) store.wanted("home:" + sender.user()).orElseThrow()).message();
  }

  private static List<String> buttons(Message message) {
    return message.blocks().stream()
        .filter(Message.Buttons.class::isInstance)
        .flatMap(block -> ((Message.Buttons) block).buttons().stream())
        .map(Message.Button::label)
        .toList();
  }

  private long drawings(UserRef sender) {
    return store.committed(Change.PostMessage.class).stream()
        .filter(show -> show.id().equals("home:" + sender.user()))
        .count();
  }

  private void after(Duration time) {
    clock.advance(time);
    service.look();
  }

  @Test
  void whoMayApproveSeesTheButtonsAndTheRequesterSeesTheJob() {
    asked(81);
    opens(BOB);
    opens(ANN);
    opens(CARL);
    assertThat(buttons(home(BOB))).containsExactly("Deploy…", "Approve", "Reject");
    assertThat(home(BOB).toString()).contains("You have no jobs yet.");
    assertThat(buttons(home(ANN))).containsExactly("Deploy…");
    assertThat(home(ANN).toString()).contains("job 81").contains("Nothing awaits your approval.");
    assertThat(buttons(home(CARL))).containsExactly("Deploy…");
    assertThat(home(CARL).toString()).doesNotContain("job 81");
  }

  @Test
  void nobodySeesMoreThanACommandWouldShowThem() {
    asked(81);
    rights = Set.of("help");
    opens(BOB);
    assertThat(home(BOB).toString()).doesNotContain("Fleet").doesNotContain("Open alerts");
    rights = Set.of();
    opens(BOB);
    assertThat(home(BOB))
        .isEqualTo(
            Message.sentence("You may not use this bot. Ask the policy's owners for access."));
    people = sender -> new Directory.Unknown("Slack does not answer.");
    opens(BOB);
    assertThat(home(BOB).toString()).contains("I cannot look up who you are");
  }

  @Test
  void theFleetIsCountedByEnvironment() {
    nodes.add(node("web1", true));
    nodes.add(node("web2", false));
    opens(BOB);
    assertThat(home(BOB).toString())
        .contains("0 of 0 nodes present")
        .contains("1 of 2 nodes present")
        .contains("No open alerts.");
  }

  private static Node node(String name, boolean present) {
    return new Node(name, "staging", Map.of(), List.of(), List.of(), Map.of(), NOON, present);
  }

  @Test
  void aTabIsDrawnAgainOnlyWhenItHasChangedAndNotTooOften() {
    opens(BOB);
    after(Duration.ofSeconds(31));
    assertThat(drawings(BOB)).as("nothing has changed").isEqualTo(1);
    alerts.add(OpenAlerts.Line.of(Text.plain("web1 is down")));
    after(Duration.ofSeconds(29));
    assertThat(drawings(BOB)).as("too early").isEqualTo(1);
    after(Duration.ofSeconds(1));
    assertThat(drawings(BOB)).isEqualTo(2);
    assertThat(home(BOB).toString()).contains("web1 is down");
  }

  @Test
  void nobodyIsDrawnForWhoLookedLongAgo() {
    opens(BOB);
    alerts.add(OpenAlerts.Line.of(Text.plain("web1 is down")));
    after(HomeTabService.WATCHED);
    assertThat(drawings(BOB)).isEqualTo(1);
    opens(BOB);
    assertThat(drawings(BOB)).isEqualTo(2);
  }

  @Test
  void aClickOnTheTabIsSeenThereSoon() {
    Approval approval = asked(81);
    opens(BOB);
    ApprovalEvent vote =
        new ApprovalEvent.Voted(yes(BOB, NOON, 0), ApprovalEvent.RecheckResult.CLEAR);
    store.commit(
        new Change.UpdateApproval(
            approval, ApprovalMachine.apply(approval, vote, NOON).state(), NOON));
    Inbound click =
        new Inbound.ButtonClick(BOB, direct(BOB), "", "approval.approve", "x", Optional.empty());
    receive(click);
    assertThat(passedOn).containsExactly(click);
    after(Duration.ofSeconds(1));
    assertThat(buttons(home(BOB))).containsExactly("Deploy…");
  }

  @Test
  void isolation_aTabThatAlwaysFailsDoesNotStopTheOthersAndIsTriedMoreAndMoreSeldom() {
    opens(BOB);
    opens(ANN);
    AtomicInteger faults = new AtomicInteger();
    Directory before = people;
    people =
        sender -> {
          if (sender.equals(BOB)) {
            faults.incrementAndGet();
            throw new IllegalStateException("a fault that never goes away");
          }
          return before.find(sender);
        };
    for (int second = 0; second < 500; second++) {
      alerts.add(OpenAlerts.Line.of(Text.plain("alert " + second)));
      after(Duration.ofSeconds(1));
    }
    assertThat(drawings(BOB)).isEqualTo(1);
    assertThat(drawings(ANN)).as("every half a minute").isEqualTo(17);
    assertThat(faults.get()).isBetween(2, 12);
    receive(new Inbound.ButtonClick(ANN, direct(ANN), "", "a", "x", Optional.empty()));
    people = before;
    opens(BOB);
    assertThat(drawings(BOB)).as("who opens it again sees it").isEqualTo(2);
  }

  @Test
  void aStoreThatIsAwayOrAFaultDoesNotEndTheRound() {
    opens(BOB);
    opens(ANN);
    store.setAway(true);
    after(Duration.ofSeconds(31));
    store.setAway(false);
    alerts.add(OpenAlerts.Line.of(Text.plain("web1 is down")));
    people =
        sender -> {
          if (sender.equals(BOB)) {
            throw new IllegalStateException("a fault");
          }
          return new Directory.Unknown("Slack does not answer.");
        };
    after(Duration.ofSeconds(31));
    assertThat(drawings(BOB)).isEqualTo(1);
    assertThat(drawings(ANN)).isEqualTo(2);
  }
}
