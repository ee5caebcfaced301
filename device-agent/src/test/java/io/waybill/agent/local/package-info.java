@NullMarked
package io.waybill.agent.local;

import org.jspecify.annotations.NullMarked;
