package dev.bandmaster.app;

import dev.bandmaster.config.SlackConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.slack.BlockChoice;
import dev.bandmaster.slack.SlackPlatform;
import dev.bandmaster.slack.SlackSettings;

/** Makes Slack the bot's chat platform: the only class that connects the bot to it. */
final class SlackModule {
  private SlackModule() {}

  static SlackSettings settings(SlackConfig config) {
    return SlackSettings.of(config.appToken().reveal(), config.botToken().reveal(), config.apiUrl())
        .with(
            switch (config.blocks()) {
              case AUTO -> BlockChoice.AUTO;
              case CLASSIC -> BlockChoice.CLASSIC;
            });
  }

  static ChatPlatform.Factory platform(SlackConfig config) {
    return SlackPlatform.with(settings(config));
  }
}
