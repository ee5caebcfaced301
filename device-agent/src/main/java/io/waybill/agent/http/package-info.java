/** The control plane over HTTP. */
@NullMarked
package io.waybill.agent.http;

import org.jspecify.annotations.NullMarked;
