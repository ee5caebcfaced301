package io.waybill.core.upload;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is cut into parts: part n of 1..partCount covers bytes {@code [(n-1)·p, min(n·p,
 * size))}.
 *
 * @param fileSizeBytes 1 .. 48.8 TiB
 * @param partSizeBytes size of every part but the last, in bytes
 */
public record PartPlan(long fileSizeBytes, long partSizeBytes) {

  public static final long MIB = 1L << 20;
  public static final long MIN_PART_BYTES = 5 * MIB;
  public static final long DEFAULT_PART_BYTES = 64 * MIB;
  public static final long MAX_PART_BYTES = 5L << 30;
  public static final int MAX_PARTS = 10_000;

  /** 10 000 parts of 5 GiB: 48.8 TiB. */
  public static final long MAX_FILE_BYTES = MAX_PARTS * MAX_PART_BYTES;

  public PartPlan {
    if (fileSizeBytes < 1 || partSizeBytes < 1) {
      throw new IllegalArgumentException("a plan needs a file and a part of at least one byte");
    }
  }

  /** The smallest MiB multiple that respects the policy's default and 10 000 parts. */
  public static PartPlan automatic(long fileSizeBytes, long policyDefaultBytes) {
    long fewest = Math.ceilDiv(fileSizeBytes, MAX_PARTS);
    long wanted = Math.max(policyDefaultBytes, fewest);
    return new PartPlan(fileSizeBytes, Math.ceilDiv(wanted, MIB) * MIB);
  }

  /**
   * Checks what was asked for: a requested part size is validated, never silently changed.
   *
   * @param largest file that is taken, in bytes
   */
  public static List<FieldError> check(
      String prefix, long fileSize, @Nullable Long partSize, long largest) {
    List<FieldError> errors = new ArrayList<>();
    if (fileSize <= 0) {
      errors.add(
          new FieldError(
              prefix + "file_size_bytes", EntryCode.UPLOAD_EMPTY_FILE, "must be at least 1 byte"));
    } else if (fileSize > largest) {
      errors.add(
          new FieldError(
              prefix + "file_size_bytes",
              EntryCode.UPLOAD_FILE_TOO_LARGE,
              "must be at most " + largest + " bytes"));
    }
    if (partSize != null) {
      checkPartSize(prefix + "part_size_bytes", fileSize, partSize, errors);
    }
    return errors;
  }

  private static void checkPartSize(
      String field, long fileSize, long partSize, List<FieldError> errors) {
    if (partSize < MIN_PART_BYTES) {
      errors.add(
          new FieldError(
              field,
              EntryCode.UPLOAD_PART_SIZE_TOO_SMALL,
              "must be at least " + MIN_PART_BYTES + " bytes (5 MiB)"));
    } else if (partSize > MAX_PART_BYTES) {
      errors.add(
          new FieldError(
              field,
              EntryCode.UPLOAD_PART_SIZE_TOO_LARGE,
              "must be at most " + MAX_PART_BYTES + " bytes (5 GiB)"));
    } else if (fileSize > 0 && Math.ceilDiv(fileSize, partSize) > MAX_PARTS) {
      errors.add(
          new FieldError(
              field,
              EntryCode.UPLOAD_TOO_MANY_PARTS,
              "gives more than 10000 parts; use at least "
                  + automatic(fileSize, MIN_PART_BYTES).partSizeBytes()));
    }
  }

  public int partCount() {
    return Math.toIntExact(Math.ceilDiv(fileSizeBytes, partSizeBytes));
  }

  public boolean has(int partNumber) {
    return partNumber >= 1 && partNumber <= partCount();
  }

  /** First byte of a part. */
  public long startOf(int partNumber) {
    return (partNumber - 1) * partSizeBytes;
  }

  /** First byte after a part. */
  public long endOf(int partNumber) {
    return Math.min(partNumber * partSizeBytes, fileSizeBytes);
  }

  public long sizeOf(int partNumber) {
    return endOf(partNumber) - startOf(partNumber);
  }
}
