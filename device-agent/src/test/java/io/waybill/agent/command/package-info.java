/** Commands, from the message to the answer; hostile names, from the text to the disk. */
@NullMarked
package io.waybill.agent.command;

import org.jspecify.annotations.NullMarked;
