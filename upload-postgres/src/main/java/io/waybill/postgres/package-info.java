/** The ports of the core on PostgreSQL: one unit of work, one store per table cluster. */
@NullMarked
package io.waybill.postgres;

import org.jspecify.annotations.NullMarked;
