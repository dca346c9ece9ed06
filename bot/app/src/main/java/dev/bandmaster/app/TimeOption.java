package dev.bandmaster.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment on the command line: a day, which begins at midnight in UTC, or a time. */
final class TimeOption implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String value) {
    try {
      return value.length() == 10
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is neither a date such as 2026-11-01 nor a time such as 2026-11-01T08:30:00Z"
              .formatted(value));
    }
  }
}
