/** Tests of who goes first. */
@NullMarked
package io.waybill.agent.queue;

import org.jspecify.annotations.NullMarked;
