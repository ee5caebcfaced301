package io.waybill.wire;

/** Bounds of the codec. What is beyond one is refused, never cut. */
public final class WireLimits {

  /** An MQTT payload in bytes. */
  public static final int MQTT_PAYLOAD_BYTES = 256 * 1024;

  /** Any JSON document in bytes; HTTP's own limit is the same. */
  public static final int DOCUMENT_BYTES = 1024 * 1024;

  /** Objects and arrays inside each other. */
  public static final int NESTING = 24;

  /** Digits of one number. */
  public static final int NUMBER_DIGITS = 64;

  /** Characters of a field's name. */
  public static final int NAME_CHARS = 256;

  /** Characters of any text field that has no bound of its own. */
  public static final int TEXT_CHARS = 1024;

  /** Entries of any list or map that has no bound of its own. */
  public static final int ENTRIES = 10_000;

  /** Characters of a request id. */
  public static final int REQUEST_ID_CHARS = 128;

  /** Characters of an idempotency key. */
  public static final int IDEMPOTENCY_KEY_CHARS = 255;

  /**
   * Field errors told in one answer; the answer to nonsense must not be bigger than the nonsense.
   */
  public static final int FIELD_ERRORS = 100;

  private WireLimits() {}
}
