package io.waybill.workers;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.trace.Tracer;
import java.util.List;

/** A sink whose batches are told to a tracer, too. */
record TracedSink(Sink sink, Tracer tracer) implements Sink {

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public Interest interest() {
    return sink.interest();
  }

  @Override
  public List<Outcome> tell(List<Delivery> batch) {
    return tracer.inside(
        "deliver",
        sink.name(),
        () -> sink.tell(batch),
        outcomes -> !outcomes.stream().allMatch(Delivered.class::isInstance));
  }
}
