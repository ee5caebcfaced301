/** MQTT in and out: ingress, the command desk, egress, and the delivery promises between them. */
@NullMarked
package io.waybill.gateway;

import org.jspecify.annotations.NullMarked;
