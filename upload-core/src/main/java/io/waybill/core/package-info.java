/** What every package of the core shares: verdicts and the codes of refusals. */
@NullMarked
package io.waybill.core;

import org.jspecify.annotations.NullMarked;
