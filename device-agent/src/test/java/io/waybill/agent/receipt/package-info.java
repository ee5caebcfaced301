/** Tests of what a receipt is worth. */
@NullMarked
package io.waybill.agent.receipt;

import org.jspecify.annotations.NullMarked;
