/**
 * MQTT in and out: ingress, the table of commands, egress, and the delivery promises between them.
 */
@NullMarked
package io.waybill.gateway;

import org.jspecify.annotations.NullMarked;
