package io.waybill.core.delivery;

import io.waybill.core.event.EventType;

/** What can happen to deliveries that somebody must answer for. */
public enum DeliveryEvent implements EventType {
  REPLAYED("outbox_delivery.replayed");

  private final String code;

  DeliveryEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
