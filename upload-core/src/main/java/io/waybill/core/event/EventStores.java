package io.waybill.core.event;

/** The stores that events touch. */
public interface EventStores {

  EventStore events();

  EventMonths eventMonths();
}
