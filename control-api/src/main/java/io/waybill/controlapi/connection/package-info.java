/** What stands between a socket and the HTTP server: nobody holds anything for a stranger. */
@NullMarked
package io.waybill.controlapi.connection;

import org.jspecify.annotations.NullMarked;
