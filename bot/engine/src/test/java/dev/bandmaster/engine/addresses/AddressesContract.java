package dev.bandmaster.engine.addresses;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.plugin.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has which address, whatever the store. */
public abstract class AddressesContract {
  private static final List<String> POOL =
      IntStream.rangeClosed(1, 60).mapToObj(i -> "203.0.113." + i).toList();

  @TempDir protected Path folder;
  protected final SettableClock clock = new SettableClock(NOON);
  private Store store;
  private AddressSettings settings;

  /** Opens an empty store. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
    settings =
        new AddressSettings(
            List.of("/bin/true"),
            List.of("/usr/bin/test", "-e", folder + "/may-{instance}"),
            Duration.ofSeconds(20),
            Duration.ofMinutes(15),
            Map.of("prod", Map.of("web", POOL, "db", List.of("203.0.113.200"))));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private AddressAllocator allocator() {
    return new AddressAllocator(settings, store, clock);
  }

  private AddressReturns returns(Node... nodes) {
    return new AddressReturns(
        settings, store, () -> List.of(nodes), "main", Duration.ofMinutes(30), clock);
  }

  private AddressAssignment chosen(String role, String instance) {
    return ((AddressAllocator.Choice.Chosen) allocator().choose("prod", role, instance))
        .assignment();
  }

  private AddressAssignment attached(String role, String instance) {
    allocator().attached(chosen(role, instance));
    return store.addresses().of("prod", role, instance).orElseThrow();
  }

  private static Node node(String name, Map<String, String> facts) {
    return new Node(name, "prod", Map.of(), List.of(), List.of(), facts, NOON, true);
  }

  @Test
  void facadeY3_aHundredAtOnceShareNoAddress() throws Exception {
    List<AddressAllocator.Choice> choices = new ArrayList<>();
    try (ExecutorService machines = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AddressAllocator.Choice>> asked =
          IntStream.range(0, 100)
              .mapToObj(i -> machines.submit(() -> allocator().choose("prod", "web", "i-" + i)))
              .toList();
      for (Future<AddressAllocator.Choice> each : asked) {
        choices.add(each.get());
      }
    }
    assertThat(
            choices.stream()
                .filter(AddressAllocator.Choice.Chosen.class::isInstance)
                .map(choice -> ((AddressAllocator.Choice.Chosen) choice).assignment().address())
                .distinct())
        .hasSize(POOL.size());
    assertThat(choices.stream().filter(new AddressAllocator.Choice.NoneFree(60)::equals))
        .hasSize(40);
    assertThat(store.addresses().all()).hasSize(60);
  }

  @Test
  void facadeY3_aMachineHasOneAddressForEachRole() {
    assertThat(chosen("web", "i-1").address()).isEqualTo("203.0.113.1");
    assertThat(chosen("web", "i-1").address()).isEqualTo("203.0.113.1");
    assertThat(chosen("db", "i-1").address()).isEqualTo("203.0.113.200");
    assertThat(allocator().choose("prod", "db", "i-2"))
        .isEqualTo(new AddressAllocator.Choice.NoneFree(1));
    assertThat(allocator().choose("prod", "mail", "i-2"))
        .isEqualTo(new AddressAllocator.Choice.NoneFree(0));
  }

  @Test
  void facadeY3_whoSawAnOlderStateChangesNothing() {
    AddressAssignment first = chosen("web", "i-1");
    AddressAssignment second = chosen("web", "i-1");
    assertThatThrownBy(
            () -> store.commit(new Change.UpdateAddress(first, first.in(State.ATTACHED, NOON))))
        .isInstanceOf(StoreConflict.class);
    assertThatThrownBy(() -> store.commit(new Change.FreeAddress(first)))
        .isInstanceOf(StoreConflict.class);
    assertThatThrownBy(() ->
            store.commit(
                new Change.AssignAddress(
                    AddressAssignment.chosen("203.0.113.1", "prod", "web", "i-9", NOON))))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.addresses().all()).containsExactly(second);
  }

  @Test
  void facadeY3_aMachineThatIsGoneGivesItsAddressBack() throws Exception {
    Files.createFile(folder.resolve("may-i-1"));
    attached("web", "i-1");
    attached("web", "i-2");
    AddressReturns seen =
        returns(node("web7", Map.of(AddressReturns.INSTANCE, "i-1")), node("i-2", Map.of()));
    seen.look();
    assertThat(store.addresses().all())
        .extracting(AddressAssignment::node)
        .containsExactly("web7", "i-2");

    AddressReturns gone = returns(node("i-2", Map.of()));
    clock.advance(Duration.ofMinutes(14));
    gone.look();
    assertThat(store.addresses().all()).hasSize(2);
    clock.advance(Duration.ofMinutes(1));
    gone.look();
    assertThat(store.addresses().of("prod", "web", "i-1").orElseThrow().state())
        .isEqualTo(State.DETACHING);
    assertThat(allocator().choose("prod", "web", "i-1"))
        .as("not while it is being taken away")
        .isEqualTo(new AddressAllocator.Choice.GivingBack("203.0.113.1"));
    gone.look();
    gone.join();
    assertThat(store.addresses().all())
        .extracting(AddressAssignment::instance)
        .containsExactly("i-2");
    assertThat(chosen("web", "i-3").address()).isEqualTo("203.0.113.1");
  }

  @Test
  void facadeY3_anAddressIsFreeOnlyOnceItWasTakenAway() throws Exception {
    allocator().failed(chosen("db", "i-1"));
    AddressReturns returns = returns();
    for (int i = 1; i <= 3; i++) {
      returns.look();
      returns.join();
      AddressAssignment stuck = store.addresses().of("prod", "db", "i-1").orElseThrow();
      assertThat(stuck.failures()).isEqualTo(i);
      assertThat(allocator().choose("prod", "db", "i-2"))
          .isEqualTo(new AddressAllocator.Choice.NoneFree(1));
      returns.look();
      returns.join();
      assertThat(store.addresses().of("prod", "db", "i-1")).as("not at once").contains(stuck);
      clock.advance(Duration.between(clock.instant(), stuck.due()));
    }
    assertThat(store.alerts().signals(10))
        .singleElement()
        .asString()
        .contains("address_stuck", "203.0.113.200", "i-1");
    Files.createFile(folder.resolve("may-i-1"));
    returns.look();
    returns.join();
    assertThat(store.addresses().all()).isEmpty();
  }

  @Test
  void facadeY3_twoReplicasTakeAnAddressAwayOnce() throws IOException, InterruptedException {
    Files.createFile(folder.resolve("may-i-1"));
    allocator().failed(chosen("db", "i-1"));
    AddressReturns one = returns();
    AddressReturns two = returns();
    AddressAssignment before = store.addresses().of("prod", "db", "i-1").orElseThrow();
    store.commit(new Change.UpdateAddress(before, before.dueAt(NOON.plusSeconds(80), 0)));
    one.look();
    two.look();
    one.join();
    two.join();
    assertThat(store.addresses().all()).as("another replica is at it").hasSize(1);
    clock.advance(Duration.ofSeconds(80));
    two.look();
    two.join();
    assertThat(store.addresses().all()).isEmpty();
  }
}
