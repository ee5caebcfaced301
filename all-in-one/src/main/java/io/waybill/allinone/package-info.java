/** The program behind ./waybill: what it starts, in which order, and what it says about it. */
@NullMarked
package io.waybill.allinone;

import org.jspecify.annotations.NullMarked;
