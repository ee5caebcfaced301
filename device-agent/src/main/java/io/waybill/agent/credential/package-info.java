/** The secret of this device, and how it changes. */
@NullMarked
package io.waybill.agent.credential;

import org.jspecify.annotations.NullMarked;
