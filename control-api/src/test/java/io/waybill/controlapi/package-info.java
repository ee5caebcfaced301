/** The HTTP API, asked over real sockets. */
@NullMarked
package io.waybill.controlapi;

import org.jspecify.annotations.NullMarked;
