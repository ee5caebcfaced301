@NullMarked
package io.waybill.agent.mqtt;

import org.jspecify.annotations.NullMarked;
