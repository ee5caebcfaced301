@NullMarked
package io.waybill.agent.transfer;

import org.jspecify.annotations.NullMarked;
