/** Who may do what, asked of several processes that share one database. */
@NullMarked
package io.waybill.acceptance.access;

import org.jspecify.annotations.NullMarked;
