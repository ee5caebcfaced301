/** How every program of ours writes its log: one line per event, without secrets. */
@NullMarked
package io.waybill.server.logging;

import org.jspecify.annotations.NullMarked;
