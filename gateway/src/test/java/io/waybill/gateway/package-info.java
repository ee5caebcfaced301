/** Tests of the gateway: a real broker, the core on plain maps. */
@NullMarked
package io.waybill.gateway;

import org.jspecify.annotations.NullMarked;
