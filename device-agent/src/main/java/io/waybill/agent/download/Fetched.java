package io.waybill.agent.download;

/** What one request for a range came to. What it brought until then is with its sink. */
sealed interface Fetched {

  /** All of the range. */
  record Whole() implements Fetched {}

  /** The URL is not good, or not any more. */
  record Forbidden(String reason) implements Fetched {}

  /** Not now: somebody, or time, may mend it. */
  record Later(String reason) implements Fetched {}

  /** The store has other bytes there than those we came for. */
  record Other(String reason) implements Fetched {}
}
