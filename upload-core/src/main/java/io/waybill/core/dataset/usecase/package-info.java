/** What callers can do with finished data. */
@NullMarked
package io.waybill.core.dataset.usecase;

import org.jspecify.annotations.NullMarked;
