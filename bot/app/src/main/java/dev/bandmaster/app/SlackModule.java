package dev.bandmaster.app;

import dev.bandmaster.config.SlackConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.slack.SlackPlatform;
import dev.bandmaster.slack.SlackSettings;

/** Makes Slack the bot's chat platform: the only class that connects the bot to it. */
final class SlackModule {
  private SlackModule() {}

  static SlackSettings settings(SlackConfig config) {
    return SlackSettings.of(
        config.appToken().reveal(), config.botToken().reveal(), config.apiUrl());
  }

  static ChatPlatform.Factory platform(SlackConfig config) {
    return SlackPlatform.with(settings(config));
  }
}
