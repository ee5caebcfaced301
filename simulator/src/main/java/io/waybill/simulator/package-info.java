/**
 * Both doors without a network: a broker that keeps the promises of MQTT and not one more, devices
 * that speak through it, callers of the HTTP API. Whoever runs them has the threads and the time.
 */
@NullMarked
package io.waybill.simulator;

import org.jspecify.annotations.NullMarked;
