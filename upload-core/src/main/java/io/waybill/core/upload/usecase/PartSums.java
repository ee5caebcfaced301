package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.Upload;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sums of parts, where the store checks them. */
final class PartSums {
  private PartSums() {}

  /** Adds what is wrong: every part needs its sum, or none may have one. */
  static void check(Upload upload, PresignParts.Request request, List<FieldError> errors) {
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    if (algorithm == null) {
      if (!request.checksums().isEmpty()) {
        errors.add(
            new FieldError(
                "checksums",
                EntryCode.UPLOAD_CHECKSUMS_NOT_SUPPORTED,
                "this storage policy does not bind checksums to URLs; leave the field out"));
      }
      return;
    }
    Set<Integer> foreign = new HashSet<>(request.checksums().keySet());
    request.partNumbers().forEach(foreign::remove);
    foreign.stream()
        .sorted()
        .map(n ->
            wrong(n, EntryCode.UPLOAD_PART_NOT_ASKED_FOR, "belongs to no part that is asked for"))
        .forEach(errors::add);
    for (int number : request.partNumbers()) {
      String sum = request.checksums().get(number);
      if (sum == null) {
        errors.add(
            wrong(
                number,
                EntryCode.UPLOAD_CHECKSUM_REQUIRED,
                "this storage policy wants the %s of every part, in Base64"
                    .formatted(algorithm.name())));
      } else if (!algorithm.isSum(sum)) {
        errors.add(
            wrong(
                number,
                EntryCode.UPLOAD_CHECKSUM_INVALID,
                "is no " + algorithm.name() + " in Base64"));
      }
    }
  }

  private static FieldError wrong(int number, EntryCode code, String message) {
    return new FieldError("checksums." + number, code, message);
  }

  /** The sum that each part was last to have; none where the store checks no sums. */
  static Map<Integer, String> bound(PartStore parts, Upload upload) {
    return upload.protection().checksum().algorithm() == null
        ? Map.of()
        : parts.boundSums(upload.sessionId());
  }

  /**
   * Parts that the store keeps without a sum beside others with one, so that somebody has sent them
   * past their URLs, or with another sum than the one that was asked for last. A store that lists
   * no sums has checked them all the same.
   */
  static List<Integer> wrong(Upload upload, List<StoredPart> stored, Map<Integer, String> bound) {
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    boolean tells = algorithm != null && stored.stream().anyMatch(part -> !part.sums().isEmpty());
    return tells
        ? stored.stream()
            .filter(part -> isWrong(part.sums().get(algorithm), bound.get(part.partNumber())))
            .map(StoredPart::partNumber)
            .toList()
        : List.of();
  }

  /** The object with the sum that its parts' sums make, where the store has checked them. */
  static StoredObject summed(Upload upload, StoredObject object, List<StoredPart> parts) {
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    return algorithm == null ? object : object.madeOf(parts, algorithm);
  }

  /** Whether the store itself sums the object to something else than its parts. */
  static boolean areOthers(Upload upload, StoredObject object) {
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    return algorithm != null && object.isOfOtherBytes(algorithm);
  }

  private static boolean isWrong(@Nullable String sum, @Nullable String bound) {
    return sum == null || (bound != null && !bound.equals(sum));
  }
}
