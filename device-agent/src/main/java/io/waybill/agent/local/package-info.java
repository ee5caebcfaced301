/** What this machine gives us, whatever its locale: names as bytes, and our own name. */
@NullMarked
package io.waybill.agent.local;

import org.jspecify.annotations.NullMarked;
