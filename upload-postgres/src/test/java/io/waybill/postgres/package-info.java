/** The adapters on a real PostgreSQL. */
@NullMarked
package io.waybill.postgres;

import org.jspecify.annotations.NullMarked;
