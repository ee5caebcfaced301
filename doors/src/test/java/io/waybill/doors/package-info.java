@NullMarked
package io.waybill.doors;

import org.jspecify.annotations.NullMarked;
