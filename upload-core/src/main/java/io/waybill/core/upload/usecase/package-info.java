/** What callers can do to uploads: one final class per use case, one public {@code handle}. */
@NullMarked
package io.waybill.core.upload.usecase;

import org.jspecify.annotations.NullMarked;
