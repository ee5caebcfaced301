/** Which upload goes first, which may be open at once, and when what failed is tried again. */
@NullMarked
package io.waybill.agent.queue;

import org.jspecify.annotations.NullMarked;
