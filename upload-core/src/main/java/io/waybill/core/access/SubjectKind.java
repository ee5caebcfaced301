package io.waybill.core.access;

import java.util.Locale;

/** Who a grant can be given to. */
public enum SubjectKind {
  USER,
  GROUP,
  DEVICE,
  API_KEY;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** {@code api_key}: its word in events, audit rows and answers. */
  public String code() {
    return code;
  }
}
