package dev.bandmaster.core.alert;

import dev.bandmaster.core.chat.ButtonAction;
import java.util.Optional;

/** The buttons under an alert. Each stands for a command that somebody could type. */
public enum AlertAction implements ButtonAction {
  ACKNOWLEDGE("alert.ack"),
  SILENCE_30M("alert.silence.30m"),
  SILENCE_2H("alert.silence.2h"),
  SILENCE_8H("alert.silence.8h"),
  /** Asks until when, and why. */
  SILENCE_UNTIL("alert.silence.until"),
  DETAILS("alert.details"),
  CLOSE("alert.close");

  private final String id;

  AlertAction(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  public static Optional<AlertAction> ofId(String id) {
    return ButtonAction.find(AlertAction.class, id);
  }

  /** What somebody would type who wants this of an alert. */
  public String typed(String number) {
    return switch (this) {
      case ACKNOWLEDGE -> "ack " + number;
      case SILENCE_30M -> "silence " + number + " --for 30m";
      case SILENCE_2H -> "silence " + number + " --for 2h";
      case SILENCE_8H -> "silence " + number + " --for 8h";
      case SILENCE_UNTIL -> "silence " + number;
      case DETAILS -> "alert " + number;
      case CLOSE -> "close " + number;
    };
  }
}
