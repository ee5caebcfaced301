/** Which files of this machine a person means, and which of them are stored already. */
@NullMarked
package io.waybill.agent.selection;

import org.jspecify.annotations.NullMarked;
