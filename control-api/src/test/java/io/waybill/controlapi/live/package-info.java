@NullMarked
package io.waybill.controlapi.live;

import org.jspecify.annotations.NullMarked;
