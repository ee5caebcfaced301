/** What operators and workers do with quotas. */
@NullMarked
package io.waybill.core.quota.usecase;

import org.jspecify.annotations.NullMarked;
