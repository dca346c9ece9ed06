package dev.bandmaster.acl;

import static dev.bandmaster.acl.Fixtures.ANN;
import static dev.bandmaster.acl.Fixtures.DM;
import static dev.bandmaster.acl.Fixtures.ask;
import static dev.bandmaster.acl.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Decision.Allowed;
import dev.bandmaster.acl.PolicyStore.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyStoreTest {
  private static final class Memory implements LastGood {
    private Optional<Text> kept = Optional.empty();
    private boolean full;
    private final List<String> before = new ArrayList<>();

    @Override
    public Optional<Text> read() {
      return kept;
    }

    @Override
    public void keep(Text text) {
      if (full) {
        throw new IllegalStateException("disk full");
      }
      kept = Optional.of(text);
      before.add(text.content());
    }

    @Override
    public boolean wasInForce(String hash) {
      return before.stream().map(PolicyParser::hash).anyMatch(hash::equals);
    }
  }

  private final Memory memory = new Memory();
  private final List<Change> reported = new ArrayList<>();
  private Path file = Path.of("unset");

  @BeforeEach
  void place(@TempDir Path folder) {
    file = folder.resolve("policy.yaml");
  }

  private PolicyStore store() {
    return new PolicyStore(file, Fixtures.IDS, Vocabulary.OPEN, memory, reported::add);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static boolean allows(PolicyStore store, String action) {
    return store.current().decide(ask(ANN, DM, action, "", "")) instanceof Allowed;
  }

  @Test
  void aclC6_aChangedFileIsSwappedInAndKept() throws IOException {
    write(text("id: a, effect: allow, actions: [ping]"));
    var store = store();
    assertThat(allows(store, "ping")).isTrue();
    write(text("id: a, effect: allow, actions: [discover]"));
    assertThat(store.refresh()).isInstanceOf(Change.Swapped.class);
    assertThat(allows(store, "ping")).isFalse();
    assertThat(allows(store, "discover")).isTrue();
    assertThat(store.refresh()).isInstanceOf(Change.None.class);
    assertThat(reported).hasSize(2);
    assertThat(memory.kept.map(LastGood.Text::content)).contains(Files.readString(file));
  }

  @Test
  void aclC6_aBadFileLeavesTheLastGoodAndIsReportedOnce() throws IOException {
    write(text("id: a, effect: allow, actions: [ping]"));
    var store = store();
    write("rules: [");
    assertThat(store.refresh()).isInstanceOf(Change.Refused.class);
    assertThat(store.refresh()).isInstanceOf(Change.None.class);
    assertThat(allows(store, "ping")).isTrue();
    assertThat(store.state().problems()).hasSize(1);
    Files.delete(file);
    assertThat(store.refresh()).isInstanceOf(Change.Refused.class);
    assertThat(allows(store, "ping")).isTrue();
  }

  @Test
  void aclC6_atBootTheLastGoodStandsInForABadFile() throws IOException {
    memory.kept =
        Optional.of(
            new LastGood.Text("policy.yaml", text("id: a, effect: allow, actions: [ping]")));
    write("rules: [");
    var store = store();
    assertThat(allows(store, "ping")).isTrue();
    assertThat(reported).singleElement().isInstanceOf(Change.Refused.class);
  }

  @Test
  void aclC6_withNeitherOnlyHelpAndStatusRemain() {
    var store = store();
    assertThat(List.of("help", "status", "whoami")).allMatch(action -> allows(store, action));
    assertThat(List.of("ping", "codeupdate", "adhoc:uptime")).noneMatch(a -> allows(store, a));
  }

  @Test
  void aclC6_aPolicyThatCannotBeKeptIsNotUsedYet() throws IOException {
    write(text("id: a, effect: allow, actions: [ping]"));
    memory.full = true;
    var store = store();
    assertThat(allows(store, "ping")).isFalse();
    assertThat(store.state().problems().getFirst().sentence()).contains("could not be stored");
    assertThat(store.refresh()).isInstanceOf(Change.None.class);
    assertThat(reported).hasSize(1);
    memory.full = false;
    assertThat(store.refresh()).isInstanceOf(Change.Swapped.class);
    assertThat(allows(store, "ping")).isTrue();
  }

  private static final String PING = text("id: a, effect: allow, actions: [ping]");
  private static final String DISCOVER = text("id: a, effect: allow, actions: [discover]");
  private static final String STATUS = text("id: a, effect: allow, actions: [status]");

  private PolicyStore replica(Path folder, String name, String text) throws IOException {
    Path own = folder.resolve(name);
    Files.writeString(own, text);
    return new PolicyStore(own, Fixtures.IDS, Vocabulary.OPEN, memory, reported::add);
  }

  @Test
  void trustT8_replicasDecideByTheStoredPolicyAndSayThatAFileDiffers(@TempDir Path folder)
      throws IOException {
    var one = replica(folder, "one.yaml", PING);
    var two = replica(folder, "two.yaml", DISCOVER);
    assertThat(allows(two, "discover")).isTrue();
    assertThat(one.refresh()).as("its own file is as before").isInstanceOf(Change.None.class);
    assertThat(one.current().hash()).isEqualTo(two.current().hash());
    assertThat(allows(one, "ping")).isFalse();
    assertThat(allows(one, "discover")).isTrue();
    assertThat(one.state().differs()).isTrue();
    assertThat(reported).last().isInstanceOf(Change.Differs.class);
    int said = reported.size();
    var _ = one.refresh();
    assertThat(reported).as("said once").hasSize(said);

    Files.writeString(folder.resolve("one.yaml"), DISCOVER);
    var _ = one.refresh();
    assertThat(one.state().problems()).as("the files agree again").isEmpty();
  }

  @Test
  void trustT8_aChangedFileIsTakenByAllReplicas(@TempDir Path folder) throws IOException {
    var one = replica(folder, "one.yaml", PING);
    var two = replica(folder, "two.yaml", PING);
    Files.writeString(folder.resolve("two.yaml"), STATUS);
    assertThat(two.refresh()).isInstanceOf(Change.Swapped.class);
    var _ = one.refresh();
    assertThat(allows(one, "status")).isTrue();
    assertThat(allows(one, "ping")).isFalse();
    Files.writeString(folder.resolve("two.yaml"), PING);
    assertThat(two.refresh()).as("taken back on purpose").isInstanceOf(Change.Swapped.class);
    var _ = one.refresh();
    assertThat(allows(one, "ping")).isTrue();
    assertThat(one.state().differs()).isFalse();
  }

  @Test
  void trustT8_atStartASupersededFileIsNotTakenAndANewOneIs(@TempDir Path folder)
      throws IOException {
    var one = replica(folder, "one.yaml", PING);
    var two = replica(folder, "two.yaml", DISCOVER);
    var again = replica(folder, "one.yaml", PING);
    assertThat(allows(again, "discover")).as("its file was superseded").isTrue();
    assertThat(again.state().differs()).isTrue();
    assertThat(memory.kept.map(LastGood.Text::content)).contains(DISCOVER);
    var edited = replica(folder, "one.yaml", STATUS);
    assertThat(allows(edited, "status")).as("edited while it was off").isTrue();
    var _ = two.refresh();
    assertThat(allows(two, "status")).isTrue();
    assertThat(one.current().hash()).isNotEqualTo(two.current().hash());
  }
}
