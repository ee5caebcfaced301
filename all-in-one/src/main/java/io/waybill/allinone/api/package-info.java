/** Calls of the HTTP API, as a person with the development key makes them. */
@NullMarked
package io.waybill.allinone.api;

import org.jspecify.annotations.NullMarked;
