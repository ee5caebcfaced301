/** What callers can do with storage policies. */
@NullMarked
package io.waybill.core.policy.usecase;

import org.jspecify.annotations.NullMarked;
