/** The HTTP API, its probes and the background workers; every rule lives in the core. */
@NullMarked
package io.waybill.controlapi;

import org.jspecify.annotations.NullMarked;
