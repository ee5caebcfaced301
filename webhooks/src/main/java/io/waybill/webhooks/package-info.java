/** How events are brought to strangers: whom we may talk to, signatures, one HTTP request. */
@NullMarked
package io.waybill.webhooks;

import org.jspecify.annotations.NullMarked;
