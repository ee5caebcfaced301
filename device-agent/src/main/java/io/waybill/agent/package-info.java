/** The device agent. */
@NullMarked
package io.waybill.agent;

import org.jspecify.annotations.NullMarked;
