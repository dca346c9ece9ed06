/**
 * What travels between the bot and the nodes: messages, their signatures and keys, the words of
 * routing keys. Nothing here knows how a broker is spoken to, so an emulator, a test or a tool can
 * read and write every message without one.
 */
@NullMarked
package dev.bandmaster.wire;

import org.jspecify.annotations.NullMarked;
