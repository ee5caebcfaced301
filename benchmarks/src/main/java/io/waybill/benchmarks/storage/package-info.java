/** What one upload costs over HTTP, beside Uppy Companion and the bare store. */
@NullMarked
package io.waybill.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
