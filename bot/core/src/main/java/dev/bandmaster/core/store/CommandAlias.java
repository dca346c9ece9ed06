package dev.bandmaster.core.store;

import dev.bandmaster.core.chat.UserRef;
import java.time.Instant;

/**
 * A word that one person uses for a command.
 *
 * @param owner whose word it is
 * @param name the word, in lower case
 * @param command what it stands for, as it would be typed
 * @param created when it was made
 */
public record CommandAlias(UserRef owner, String name, String command, Instant created) {}
