package io.waybill.wire;

/** The compact form of many URLs: what they share once, and one signature each. */
public final class CompactUrls {

  /** Stands for the part's number in a template. */
  public static final String PART_NUMBER = "{part_number}";

  /** Stands for the part's signature in a template. */
  public static final String SIGNATURE = "{signature}";

  private CompactUrls() {}

  /** The URL of one part. */
  public static String expand(String urlTemplate, int partNumber, String signature) {
    return urlTemplate
        .replace(PART_NUMBER, Integer.toString(partNumber))
        .replace(SIGNATURE, signature);
  }
}
