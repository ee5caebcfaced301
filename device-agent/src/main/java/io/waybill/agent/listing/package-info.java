/** Lists of the API, however long, a page at a time. */
@NullMarked
package io.waybill.agent.listing;

import org.jspecify.annotations.NullMarked;
