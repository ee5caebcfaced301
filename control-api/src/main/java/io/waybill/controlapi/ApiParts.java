package io.waybill.controlapi;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.core.trace.Tracer;
import io.waybill.core.work.IdSource;
import io.waybill.doors.Readiness;
import io.waybill.doors.ThreadWaits;
import io.waybill.doors.Waits;
import java.util.List;

/**
 * What the HTTP API is made of; whoever composes the process makes it.
 *
 * @param registry where the whole process counts; served at {@code /metrics}
 * @param checks the parts of the world that {@code /readyz} asks
 * @param ids makes request ids
 * @param waits how requests wait for a place
 * @param tracer is told of every request
 */
public record ApiParts(
    UseCases useCases,
    PrometheusMeterRegistry registry,
    List<Readiness.Check> checks,
    IdSource ids,
    Waits waits,
    Tracer tracer) {

  public ApiParts {
    checks = List.copyOf(checks);
  }

  /** Of a process whose requests have threads, and which tells nobody of them. */
  public ApiParts(
      UseCases useCases,
      PrometheusMeterRegistry registry,
      List<Readiness.Check> checks,
      IdSource ids) {
    this(useCases, registry, checks, ids, new ThreadWaits(), Tracer.NONE);
  }
}
