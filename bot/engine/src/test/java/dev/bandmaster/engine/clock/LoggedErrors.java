package dev.bandmaster.engine.clock;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The errors that a class logs until this is closed. */
public final class LoggedErrors implements AutoCloseable {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger;

  public LoggedErrors(Class<?> source) {
    logger = (Logger) LoggerFactory.getLogger(source);
    log.start();
    logger.addAppender(log);
  }

  /** The lines in their order. */
  public List<String> messages() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(log);
  }
}
