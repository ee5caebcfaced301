/** Makes this machine a device, once or again. */
@NullMarked
package io.waybill.agent.provision;

import org.jspecify.annotations.NullMarked;
