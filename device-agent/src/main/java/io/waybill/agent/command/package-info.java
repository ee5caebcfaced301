/** What the server asks of this device: heard, done once, within the roots, and answered. */
@NullMarked
package io.waybill.agent.command;

import org.jspecify.annotations.NullMarked;
