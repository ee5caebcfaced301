/** Stand-ins with real sockets, scripted to misbehave. */
@NullMarked
package io.waybill.agent.testing;

import org.jspecify.annotations.NullMarked;
