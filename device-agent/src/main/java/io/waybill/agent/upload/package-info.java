/** Uploads as a whole: one thread decides, the network and the server report back to it. */
@NullMarked
package io.waybill.agent.upload;

import org.jspecify.annotations.NullMarked;
