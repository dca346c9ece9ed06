package dev.bandmaster.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiConversationsTest {
  private static final ConversationRef API =
      ConversationRef.api("019a0000-0000-7000-8000-000000000001");

  private final List<Outbound> sent = new ArrayList<>();
  private final Chat slack =
      new Chat() {
        @Override
        public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
          sent.add(item);
          return new Sent.Done("17.1");
        }

        @Override
        public void retract(String channel, String timestamp) {}
      };

  private static Outbound message(ConversationRef place) {
    return new Outbound.ChannelMessage(place, Message.sentence("Hello."), false);
  }

  private Chat.Sent send(Optional<String> channel, String id, Outbound item) {
    return new ApiConversations(channel).before(slack).send(id, item, Optional.empty(), false);
  }

  @Test
  void apiZ1_anAnswerToAProgramIsNotSentToTheChat() {
    for (Optional<String> channel : List.of(Optional.<String>empty(), Optional.of("C0OPS"))) {
      assertThat(send(channel, "answer:1", message(API))).isInstanceOf(Chat.Sent.Done.class);
    }
    assertThat(send(Optional.empty(), "job:1", message(API))).isInstanceOf(Chat.Sent.Done.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void apiZ4_aJobIsShownInTheConfiguredChannelAndItsLinesInItsThread() {
    send(Optional.of("C0OPS"), "job:1", message(API));
    send(Optional.of("C0OPS"), "approval:1:2:vote", message(API.inThread("17.1")));
    assertThat(sent)
        .extracting(item -> ((Outbound.ChannelMessage) item).place())
        .containsExactly(
            new ConversationRef("C0OPS", ConversationRef.Kind.CHANNEL, Optional.empty()),
            new ConversationRef("C0OPS", ConversationRef.Kind.CHANNEL, Optional.of("17.1")));
  }

  @Test
  void apiZ1_theChatsOwnMessagesGoTheirWay() {
    Outbound own =
        message(new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty()));
    send(Optional.empty(), "answer:1", own);
    assertThat(sent).containsExactly(own);
  }
}
