package __PACKAGE__;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.testing.TestBot;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
  private final TestBot bot =
      new TestBot(new __CLASS__Plugin()).withNode("web1", "staging", "/dev/sda1 20G 18G 93% /");

  @Test
  void theFullestDiskIsShown() {
    bot.says("__NAME__ web1");
    assertThat(bot.nextReply()).contains("web1: fullest disk: 93%");
  }
}
