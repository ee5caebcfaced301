/** Tests of what is found in watched directories. */
@NullMarked
package io.waybill.agent.watch;

import org.jspecify.annotations.NullMarked;
