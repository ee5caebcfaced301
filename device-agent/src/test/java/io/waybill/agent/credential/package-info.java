/** Tests of how a device changes its secret. */
@NullMarked
package io.waybill.agent.credential;

import org.jspecify.annotations.NullMarked;
