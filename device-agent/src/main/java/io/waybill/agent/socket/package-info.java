/** How commands talk to a daemon that runs on the same state directory: one line each way. */
@NullMarked
package io.waybill.agent.socket;

import org.jspecify.annotations.NullMarked;
