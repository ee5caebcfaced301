@NullMarked
package io.waybill.agent.socket;

import org.jspecify.annotations.NullMarked;
