/** The machines that send, as the registry knows them. */
@NullMarked
package io.waybill.core.device;

import org.jspecify.annotations.NullMarked;
