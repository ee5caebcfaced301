/** What production runs: the programs behind {@code ./waybill} that need nothing embedded. */
@NullMarked
package io.waybill.server;

import org.jspecify.annotations.NullMarked;
