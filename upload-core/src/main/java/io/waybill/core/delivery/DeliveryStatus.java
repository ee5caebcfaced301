package io.waybill.core.delivery;

/** How far one event has come on its way to one sink. */
public enum DeliveryStatus {
  /** To be tried, or being tried. */
  PENDING,
  DELIVERED,
  /** Tried as often as it may be; an operator can have it tried again. */
  DEAD_LETTERED
}
