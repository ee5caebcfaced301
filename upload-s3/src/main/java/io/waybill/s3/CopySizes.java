package io.waybill.s3;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How objects are copied.
 *
 * @param wholeUpTo the largest object that one call copies
 * @param partBytes of larger ones one part, where ten thousand of them suffice
 */
public record CopySizes(long wholeUpTo, long partBytes) {

  private static final int MOST_PARTS = 10_000;

  /** S3's limit for one call, above it parts that a slow store copies in time. */
  public static final CopySizes STANDARD = new CopySizes(5L << 30, 1L << 30);

  public CopySizes {
    if (wholeUpTo < 0 || partBytes < 1) {
      throw new IllegalArgumentException("nothing can be copied in such sizes");
    }
  }

  boolean isWhole(long sizeBytes) {
    return sizeBytes <= wholeUpTo;
  }

  /** All bytes of an object of this size that has any, in order. */
  List<CopyRange> ranges(long sizeBytes) {
    long part = Math.max(partBytes, Math.ceilDiv(sizeBytes, (long) MOST_PARTS));
    int count = Math.toIntExact(Math.ceilDiv(sizeBytes, part));
    return IntStream.range(0, count)
        .mapToObj(i -> new CopyRange(i + 1, i * part, Math.min(sizeBytes, (i + 1) * part) - 1))
        .toList();
  }
}
