@NullMarked
package io.waybill.agent.keep;

import org.jspecify.annotations.NullMarked;
