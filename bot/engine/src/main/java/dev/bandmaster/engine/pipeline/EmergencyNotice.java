package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.List;
import java.util.Optional;

/**
 * Announces what begins without approval; committed with the job, so none begins unannounced.
 *
 * @param channel id of the channel of those who look after security; empty if there are no
 *     emergencies
 */
public record EmergencyNotice(Optional<String> channel) {

  List<Change> of(Job job, String reason) {
    String id =
        channel.orElseThrow(() -> new IllegalStateException("there is nowhere to announce it"));
    return List.of(
        new Change.PostMessage(
            "emergency:" + job.id(),
            new Outbound.ChannelMessage(
                new ConversationRef(id, ConversationRef.Kind.CHANNEL, Optional.empty()),
                Message.of(
                    new Message.Paragraph(
                        Text.plain("🚨 ")
                            .person(job.asker().user())
                            .and(" started ")
                            .bold("job " + job.number())
                            .and("  ")
                            .code(job.work().title())
                            .and(" in ")
                            .channel(job.place().channel())
                            .and(" without approval: " + reason)),
                    new Message.Footnote(
                        Text.sentence("To follow it: `job %d`.".formatted(job.number())))),
                false),
            Urgency.NOW));
  }
}
