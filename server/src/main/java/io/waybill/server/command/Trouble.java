package io.waybill.server.command;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.logging.Redaction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** What ordinary trouble is called, and what to do about it: the last stop of every command. */
final class Trouble {
  private static final String DATABASE_REMEDY =
      ". Is it running (./waybill up), and are WAYBILL_DATABASE_URL, _USER and _PASSWORD right?"
          + " ./waybill doctor looks at every part";
  private static final String STORAGE_REMEDY =
      ". Is it running, and are WAYBILL_STORAGE_ENDPOINT, _ACCESS_KEY and _SECRET_KEY right?"
          + " ./waybill doctor looks at every part";

  private Trouble() {}

  /** One line for a person; empty when it is none of the ordinary: then it is a bug. */
  static Optional<String> sentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> sentence = ordinary(cause);
      if (sentence.isPresent()) {
        return sentence.map(Redaction::of).map(Trouble::oneLine);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ordinary(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case StartupFailure e -> e.getMessage();
          case IllegalArgumentException e -> e.getMessage();
          case Outage e when e.code() == ErrorCode.DATABASE_UNAVAILABLE -> database(e);
          case Outage e ->
              "storage does not answer as it should: " + e.getMessage() + STORAGE_REMEDY;
          case SQLException e -> database(e);
          case IOException e -> "cannot read or write: " + words(e);
          default -> null;
        });
  }

  private static String database(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return "the database does not answer as it should: " + words(deepest) + DATABASE_REMEDY;
  }

  /** Many an exception of the JDK says nothing beside its name. */
  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() || failure instanceof IOException
        ? failure.toString().replaceFirst("^[a-z.]+\\.", "")
        : message;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
