/**
 * The tracer that tells a collector, by OpenTelemetry; nothing of it is loaded where there is none.
 */
@NullMarked
package io.waybill.server.tracing;

import org.jspecify.annotations.NullMarked;
