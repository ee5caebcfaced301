package io.waybill.core.event;

/** What happened. Rows are only ever added. */
public interface EventStore {

  /** Writes all facts in one statement. */
  void append(Facts facts);
}
