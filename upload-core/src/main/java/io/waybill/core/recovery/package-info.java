/** Whether database and stores are of one mind, after one of them was restored from a backup. */
@NullMarked
package io.waybill.core.recovery;

import org.jspecify.annotations.NullMarked;
