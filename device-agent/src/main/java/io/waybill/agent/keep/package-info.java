/**
 * What becomes of local files whose uploads are stored: nothing goes without a verified receipt.
 */
@NullMarked
package io.waybill.agent.keep;

import org.jspecify.annotations.NullMarked;
