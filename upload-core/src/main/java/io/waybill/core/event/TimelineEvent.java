package io.waybill.core.event;

/** One row of a capability's own timeline; each capability that keeps one has its own kind. */
public interface TimelineEvent {

  EventType type();

  /** The same row that says this, too. */
  TimelineEvent with(String detail, Object value);
}
