package io.waybill.agent.transfer;

import java.util.Locale;

/**
 * What to do about a part that the store did not take: the retry table, as a function. Only what no
 * repetition can mend ends an upload; whatever somebody may mend meanwhile makes it wait.
 */
public enum Remedy {
  /** The store could not just now: wait, then send again, the URL is still good. */
  WAIT,
  /** Nobody knows whether it arrived: wait, then send again with a fresh URL. */
  FRESH_URL,
  /** Refused: a fresh URL may be better; three refused in a row mean that a person is needed. */
  FORBIDDEN,
  /** The store got other bytes than were announced: read them again, once. */
  READ_AGAIN,
  /** The store does not know the upload: the server must say what is true. */
  RECONCILE,
  /** Our own file does not give the bytes. */
  CHECK_FILE,
  /** Our own file is another one by now. */
  CHANGED,
  /** Sending it again would end the same way. */
  STOP;

  public static Remedy of(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored stored ->
          throw new IllegalArgumentException("a stored part needs no remedy");
      case PutOutcome.Unreached unreached -> WAIT;
      case PutOutcome.NotTheStore other -> WAIT;
      case PutOutcome.Unknown unknown -> FRESH_URL;
      case PutOutcome.Unreadable unreadable -> CHECK_FILE;
      case PutOutcome.OtherBytes other -> CHANGED;
      case PutOutcome.Answered(int status, String code, var after) ->
          of(status, code.toLowerCase(Locale.ROOT));
    };
  }

  private static Remedy of(int status, String code) {
    return switch (status) {
      case 400 -> ofBadRequest(code);
      case 404 -> code.equals("nosuchbucket") ? FORBIDDEN : RECONCILE;
      case 408, 409, 425, 429 -> WAIT;
      case 501, 505 -> FORBIDDEN;
      default -> status >= 500 ? WAIT : FORBIDDEN;
    };
  }

  /** Most of these are about our bytes; some are about keys and regions, which people mend. */
  private static Remedy ofBadRequest(String code) {
    return switch (code) {
      case "requesttimeout", "incompletebody" -> FRESH_URL;
      case "baddigest", "xamzcontentsha256mismatch", "xamzcontentchecksummismatch" -> READ_AGAIN;
      case "" -> FORBIDDEN; // no store refuses without its code
      case "expiredtoken",
          "invalidtoken",
          "tokenrefreshrequired",
          "authorizationheadermalformed",
          "authorizationqueryparameterserror" ->
          FORBIDDEN;
      default -> code.startsWith("kms.") ? FORBIDDEN : STOP;
    };
  }

  /** In words, for the person who watches. */
  public static String reason(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored stored -> "stored";
      case PutOutcome.Unreached(String reason) -> reason;
      case PutOutcome.Unknown(String reason) -> "connection to the store broke: " + reason;
      case PutOutcome.NotTheStore(String reason) -> reason;
      case PutOutcome.Unreadable(String reason) -> "the file could not be read: " + reason;
      case PutOutcome.OtherBytes other -> "the file has other bytes now than were sent before";
      case PutOutcome.Answered(int status, String code, var after) ->
          "the store answered " + status + (code.isEmpty() ? "" : " " + code);
    };
  }
}
