package io.waybill.core.access;

/**
 * How whoever shows a secret is let in.
 *
 * @param failuresPerMinute secrets that are nobody's, of one address or with one beginning, before
 *     those who show them are slowed
 * @param tokens what people show
 */
public record Admission(int failuresPerMinute, UserTokens tokens) {

  public static final Admission DEFAULT = new Admission(120, UserTokens.NONE);

  public Admission {
    if (failuresPerMinute < 1) {
      throw new IllegalArgumentException("somebody must be allowed to be wrong once a minute");
    }
  }

  /** The same for people with these tokens. */
  public Admission believing(UserTokens others) {
    return new Admission(failuresPerMinute, others);
  }
}
