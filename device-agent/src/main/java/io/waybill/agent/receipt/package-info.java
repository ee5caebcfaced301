/** What the server signed of an upload, and whether that is true of the file on this machine. */
@NullMarked
package io.waybill.agent.receipt;

import org.jspecify.annotations.NullMarked;
