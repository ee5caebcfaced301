package io.waybill.core.dataset;

/** Whether there is something to look at without the whole object. */
public enum PreviewStatus {
  NONE,
  READY,
  FAILED
}
