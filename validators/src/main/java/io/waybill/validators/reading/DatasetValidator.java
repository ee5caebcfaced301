package io.waybill.validators.reading;

/**
 * Reads one format, by ranges. A reader believes nothing that a file claims: it checks every length
 * before it uses it, allocates nothing of a claimed size, and follows no reference without a bound.
 * It keeps nothing between two files, and may be used for several at a time.
 */
public interface DatasetValidator {

  Kind kind();

  /**
   * Says what is in a file and what is wrong with it.
   *
   * @throws Malformed where it is so wrong that nothing behind it can be read
   */
  void read(ByteSource file, Findings findings);
}
