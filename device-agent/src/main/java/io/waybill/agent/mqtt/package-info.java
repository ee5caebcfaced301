/** The control plane over a broker. */
@NullMarked
package io.waybill.agent.mqtt;

import org.jspecify.annotations.NullMarked;
