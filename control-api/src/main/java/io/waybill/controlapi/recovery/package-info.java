/** What operators do after a restore from a backup. */
@NullMarked
package io.waybill.controlapi.recovery;

import org.jspecify.annotations.NullMarked;
