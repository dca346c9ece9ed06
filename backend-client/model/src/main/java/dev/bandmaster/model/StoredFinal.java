package dev.bandmaster.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An earlier final inside the data of a {@code DUPLICATE}. */
final class StoredFinal {
  private StoredFinal() {}

  static Data write(ReportBody.Final end) {
    Data.Fields fields =
        Data.Fields.EMPTY.with("code", end.code().wireName()).with("message", end.message());
    Integer exit = end.exit();
    return (exit == null ? fields : fields.with("exit", exit)).with("data", end.data());
  }

  /** Empty if there is none, or if the stored value is not a final. */
  static Optional<ReportBody.Final> read(Data stored) {
    try {
      Integer exit = exit(stored.get("exit"));
      return stored
          .get("code")
          .text()
          .flatMap(StoredFinal::code)
          .filter(code -> code != FinalCode.DUPLICATE)
          .flatMap(code ->
              stored
                  .get("message")
                  .text()
                  .map(message -> new ReportBody.Final(code, message, exit, stored.get("data"))));
    } catch (IllegalArgumentException | ArithmeticException noFinal) {
      return Optional.empty();
    }
  }

  private static Optional<FinalCode> code(String name) {
    return Arrays.stream(FinalCode.values()).filter(code -> code.name().equals(name)).findFirst();
  }

  private static @Nullable Integer exit(Data exit) {
    return exit.isNone()
        ? null
        : exit.number()
            .map(BigDecimal::intValueExact)
            .orElseThrow(() -> new IllegalArgumentException("exit is not a number"));
  }
}
