@NullMarked
package io.waybill.agent.selection;

import org.jspecify.annotations.NullMarked;
