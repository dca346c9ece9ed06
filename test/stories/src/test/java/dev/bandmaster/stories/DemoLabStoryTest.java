package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The demo's lab: what people type goes to a bootstrapper, which is the facade of a second bot, and
 * from there to an agent that runs the distribution's Ansible.
 */
@Tag("real")
class DemoLabStoryTest {

  @Test
  void facadeY4_ansibleWorksInTheDemosLab() throws Exception {
    try (DemoWorld world = DemoWorld.start(DemoWorld.Choices.USUAL.withRateScale(0).withLab())) {
      assertThat(world.awaitReady(PATIENCE)).isTrue();
      Conversation ann = Conversation.direct(world.slack(), "ann");
      // The runner comes by itself; until then the second bot refuses work for want of one.
      await("the lab works", () -> isPinged(ann));
      Ending role = ann.say("role lab web base,web", PATIENCE).orElseThrow();
      assertThat(role.answer()).contains("2 nodes · took", "changed 2");
      Path lab = world.folder().resolve("lab");
      assertThat(lab.resolve("lab1-base")).hasContent("base");
      assertThat(lab.resolve("lab2-web")).hasContent("web");
      Ending deploy = ann.say("codeupdate lab web version=1.4.2", PATIENCE).orElseThrow();
      assertThat(deploy.isGood()).as(deploy.answer()).isTrue();
      assertThat(lab.resolve("lab1-release")).hasContent("1.4.2");
    }
  }

  private static boolean isPinged(Conversation ann) {
    try {
      return ann.say("adhoc lab lab1 ping", PATIENCE).filter(Ending::isGood).isPresent();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
