package io.waybill.s3;

import java.time.Duration;

/**
 * How long one request may take, from first byte sent to last byte read.
 *
 * @param complete some stores copy the object while they complete it: seconds per GiB
 */
public record S3Timeouts(Duration connect, Duration request, Duration complete, Duration check) {

  public static final S3Timeouts DEFAULT =
      new S3Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1));

  public S3Timeouts {
    if (!connect.isPositive()
        || !request.isPositive()
        || !complete.isPositive()
        || !check.isPositive()) {
      throw new IllegalArgumentException("storage timeouts must be positive");
    }
  }
}
