/** The first and the last step of every HTTP request: what it asks, and how it is answered. */
@NullMarked
package io.waybill.controlapi.edge;

import org.jspecify.annotations.NullMarked;
