/** What device and gateway both speak: topics, envelopes, commands, results and the one codec. */
@NullMarked
package io.waybill.wire;

import org.jspecify.annotations.NullMarked;
