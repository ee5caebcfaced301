/**
 * Devices that are not there: real agents, each a process of its own, on machines that are made up.
 * What {@code ./waybill up --devices} adds.
 */
@NullMarked
package io.waybill.allinone.fleet;

import org.jspecify.annotations.NullMarked;
