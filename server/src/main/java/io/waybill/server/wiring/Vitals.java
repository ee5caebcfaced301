package io.waybill.server.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.waybill.postgres.PoolUse;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** How the process itself is: its memory, its threads, its connections to the database. */
final class Vitals {
  private Vitals() {}

  static void watch(MeterRegistry registry, Supplier<PoolUse> pool) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    gauge(registry, "database_pool_connections_max", pool, PoolUse::limit);
    gauge(registry, "database_pool_connections_active", pool, PoolUse::active);
    gauge(registry, "database_pool_connections_idle", pool, PoolUse::idle);
    gauge(registry, "database_pool_connections_pending", pool, PoolUse::pending);
  }

  private static void gauge(
      MeterRegistry registry, String name, Supplier<PoolUse> pool, ToIntFunction<PoolUse> value) {
    // a registry holds what it asks by a weak reference, and nobody else holds this one
    Gauge.builder(name, pool, use -> value.applyAsInt(use.get()))
        .strongReference(true)
        .register(registry);
  }
}
