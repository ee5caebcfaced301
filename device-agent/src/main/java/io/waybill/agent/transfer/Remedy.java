package io.waybill.agent.transfer;

import java.util.Locale;

/** What to do about a part that the store did not take: the retry table, as a function. */
public enum Remedy {
  /** The store could not just now: wait, then send again, the URL is still good. */
  WAIT,
  /** Nobody knows whether it arrived: wait, then send again with a fresh URL. */
  FRESH_URL,
  /** The URL was refused: a fresh one may be better, three refused in a row mean it is not that. */
  FORBIDDEN,
  /** The store got other bytes than were announced: read them again, once. */
  READ_AGAIN,
  /** The store does not know the upload: the server must say what is true. */
  RECONCILE,
  /** Our own file does not give the bytes. */
  CHECK_FILE,
  /** Sending it again would end the same way. */
  STOP;

  public static Remedy of(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored stored ->
          throw new IllegalArgumentException("a stored part needs no remedy");
      case PutOutcome.Unknown unknown -> FRESH_URL;
      case PutOutcome.Unreadable unreadable -> CHECK_FILE;
      case PutOutcome.Answered answered -> of(answered.status(), answered.code());
    };
  }

  private static Remedy of(int status, String code) {
    return switch (status) {
      case 408, 425, 429 -> WAIT;
      case 403 -> FORBIDDEN;
      case 404 -> RECONCILE;
      case 400 ->
          switch (code.toLowerCase(Locale.ROOT)) {
            case "requesttimeout", "incompletebody" -> FRESH_URL;
            case "baddigest" -> READ_AGAIN;
            default -> STOP;
          };
      default -> status >= 500 ? WAIT : STOP;
    };
  }

  /** In words, for the person who watches. */
  public static String reason(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored stored -> "stored";
      case PutOutcome.Unknown(String reason) -> "connection to the store broke: " + reason;
      case PutOutcome.Unreadable(String reason) -> "the file could not be read: " + reason;
      case PutOutcome.Answered(int status, String code, var after) ->
          "the store answered " + status + (code.isEmpty() ? "" : " " + code);
    };
  }
}
