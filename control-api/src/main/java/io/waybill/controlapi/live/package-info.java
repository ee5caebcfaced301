/** What happens in a project, told while it happens: one reader of the outbox, and who follows. */
@NullMarked
package io.waybill.controlapi.live;

import org.jspecify.annotations.NullMarked;
