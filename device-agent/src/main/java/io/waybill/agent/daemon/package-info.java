/** The daemon: it watches, queues, uploads, and sees to local files; one per state directory. */
@NullMarked
package io.waybill.agent.daemon;

import org.jspecify.annotations.NullMarked;
