/** What brokers are given that keep names and passwords themselves. */
@NullMarked
package io.waybill.server.broker;

import org.jspecify.annotations.NullMarked;
