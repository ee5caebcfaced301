package io.waybill.core.event;

/**
 * One word for something that can happen. Timelines, the outbox and everything that is fed from it
 * share one vocabulary; each capability brings its own part, an enum. A word never changes once it
 * is released.
 */
public interface EventType {

  /** The wire form, such as {@code upload.completed}. */
  String code();
}
