/** Object storage over the S3 protocol: the store, its retries, and URLs signed without a call. */
@NullMarked
package io.waybill.s3;

import org.jspecify.annotations.NullMarked;
