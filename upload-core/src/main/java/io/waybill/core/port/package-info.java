/** What the core asks of the world. Each Javadoc here is a contract that a contract test holds. */
@NullMarked
package io.waybill.core.port;

import org.jspecify.annotations.NullMarked;
