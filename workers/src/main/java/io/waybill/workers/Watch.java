package io.waybill.workers;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.trace.Tracer;

/**
 * Who watches background work.
 *
 * @param registry where it counts
 * @param tracer is told of each round
 */
public record Watch(MeterRegistry registry, Tracer tracer) {

  /** Where nobody is told. */
  public static Watch counting(MeterRegistry registry) {
    return new Watch(registry, Tracer.NONE);
  }
}
