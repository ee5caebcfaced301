package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import java.util.Map;

/** The calls that only a probe makes. */
final class ProbeCalls {
  /** Of one who may delete what is locked. */
  static final Map<String, String> BYPASS = Map.of("x-amz-bypass-governance-retention", "true");

  private ProbeCalls() {}

  /** Uploads under way whose keys begin like this. */
  static S3Call uploads(String bucket, String prefix) {
    String query = "prefix=" + UriEncoding.value(prefix) + "&uploads=";
    return new S3Call("GET", bucket, "", query, Map.of(), "");
  }

  /** One of the settings of a bucket. */
  static S3Call ofBucket(String bucket, String what) {
    return new S3Call("GET", bucket, "", what + "=", Map.of(), "");
  }

  /** DeleteObject; of one version, where there is any. */
  static S3Call delete(ObjectLocation at, String versionId) {
    String query = versionId.isEmpty() ? "" : "versionId=" + UriEncoding.value(versionId);
    return new S3Call("DELETE", at.bucket(), at.key(), query, Map.of(), "");
  }

  /** What CreateMultipartUpload says of the sums that the parts will have. */
  static Map<String, String> announced(ChecksumAlgorithm algorithm) {
    return Map.of("x-amz-checksum-algorithm", algorithm.name());
  }

  /** The sum of {@code waybill}. */
  static String sumOfRight(ChecksumAlgorithm algorithm) {
    return switch (algorithm) {
      case CRC32C -> "QFM8pg==";
      case CRC64NVME -> "QIGL9PkSsaE=";
      case SHA256 -> "zjMDvKDazoEN2+c7mzPZJ9czTR77KK+DegBtY5QkdRw=";
    };
  }
}
