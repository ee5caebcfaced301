/** What survives power loss: one durable manifest per upload, and who may work on it. */
@NullMarked
package io.waybill.agent.spool;

import org.jspecify.annotations.NullMarked;
