/** Why something stands still, in words that every door, the console and the agent share. */
@NullMarked
package io.waybill.core.diagnosis;

import org.jspecify.annotations.NullMarked;
