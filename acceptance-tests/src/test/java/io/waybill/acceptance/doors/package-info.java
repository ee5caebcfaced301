/** Two doors, HTTP and MQTT, and one lifecycle behind them; and what is refused at both. */
@NullMarked
package io.waybill.acceptance.doors;

import org.jspecify.annotations.NullMarked;
