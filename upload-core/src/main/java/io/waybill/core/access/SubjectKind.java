package io.waybill.core.access;

/** Who a grant can be given to. */
public enum SubjectKind {
  USER,
  GROUP,
  DEVICE,
  API_KEY
}
