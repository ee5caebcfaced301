@NullMarked
package io.waybill.simulator;

import org.jspecify.annotations.NullMarked;
