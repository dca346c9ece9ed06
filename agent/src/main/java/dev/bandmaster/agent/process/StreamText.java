package dev.bandmaster.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * One stream of a program as text. Reads only what is there, so that it never blocks; bytes that
 * are no UTF-8 become U+FFFD, and NUL, which databases refuse in text, becomes the visible U+2400.
 */
final class StreamText {

  /** Bytes taken at a time: a pipe holds 64 KiB on Linux. */
  private static final int CHUNK = 16 * 1024;

  private final String name;
  private final InputStream stream;
  private final ProgramOutput output;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
  private final CharBuffer characters = CharBuffer.allocate(CHUNK);

  StreamText(String name, InputStream stream, ProgramOutput output) {
    this.name = name;
    this.stream = stream;
    this.output = output;
  }

  /** Passes on what can be read at once; true when there was something. */
  boolean pump() throws IOException {
    int waiting = stream.available();
    if (waiting == 0) {
      return false;
    }
    int read = stream.read(bytes.array(), bytes.position(), Math.min(waiting, bytes.remaining()));
    if (read <= 0) {
      return false;
    }
    bytes.position(bytes.position() + read);
    decode(false);
    return true;
  }

  /** Passes on half a character left over at the end, as U+FFFD. */
  void finish() {
    decode(true);
    decoder.flush(characters);
    emit();
  }

  private void decode(boolean last) {
    bytes.flip();
    decoder.decode(bytes, characters, last);
    bytes.compact();
    emit();
  }

  private void emit() {
    characters.flip();
    if (characters.hasRemaining()) {
      output.text(name, characters.toString().replace('\0', '\u2400'));
    }
    characters.clear();
  }
}
