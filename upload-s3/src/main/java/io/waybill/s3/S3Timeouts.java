package io.waybill.s3;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long an operation may take, from first byte sent to last byte read; less where the phase ends
 * before that it is part of.
 *
 * @param connect to find a server that listens
 * @param request one request, or all those of one batch together
 * @param list all pages of a listing together
 * @param complete some stores copy the object while they complete it: seconds per GiB; also one
 *     call of a copy
 * @param check whether the store is there at all
 */
public record S3Timeouts(
    Duration connect, Duration request, Duration list, Duration complete, Duration check) {

  public static final S3Timeouts DEFAULT =
      new S3Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1));

  public S3Timeouts {
    if (!Stream.of(connect, request, list, complete, check).allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException("storage timeouts must be positive");
    }
  }
}
