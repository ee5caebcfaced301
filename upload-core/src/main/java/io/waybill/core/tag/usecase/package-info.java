/** What callers can do with tags. */
@NullMarked
package io.waybill.core.tag.usecase;

import org.jspecify.annotations.NullMarked;
