package io.waybill.s3;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredPart;
import java.util.List;
import java.util.Map;

/**
 * One request to a store, not yet signed.
 *
 * @param key empty where the bucket itself is asked for
 * @param query encoded and sorted, as it is signed and sent
 * @param headers in lower case, beside those that signing adds
 */
record S3Call(
    String method,
    String bucket,
    String key,
    String query,
    Map<String, String> headers,
    String body) {

  private static final int PARTS_PER_PAGE = 1_000;

  S3Call {
    headers = Map.copyOf(headers);
  }

  static S3Call create(ObjectLocation at, String contentType) {
    String type = contentType.strip().replaceAll("\\s+", " ");
    return new S3Call("POST", at.bucket(), at.key(), "uploads=", Map.of("content-type", type), "");
  }

  /**
   * One page of parts.
   *
   * @param after the part number that the page before ended with, or 0
   */
  static S3Call list(ObjectLocation at, String uploadId, int after) {
    String marker = after == 0 ? "" : "&part-number-marker=" + after;
    return plain("GET", at, "max-parts=" + PARTS_PER_PAGE + marker + "&" + upload(uploadId));
  }

  static S3Call complete(
      ObjectLocation at, String uploadId, List<StoredPart> parts, boolean ifAbsent) {
    Map<String, String> type = Map.of("content-type", "application/xml");
    return new S3Call(
        "POST",
        at.bucket(),
        at.key(),
        upload(uploadId),
        ifAbsent ? Map.of("content-type", "application/xml", "if-none-match", "*") : type,
        S3Xml.completion(parts));
  }

  static S3Call head(ObjectLocation at) {
    return plain("HEAD", at, "");
  }

  static S3Call abort(ObjectLocation at, String uploadId) {
    return plain("DELETE", at, upload(uploadId));
  }

  static S3Call headBucket(String bucket) {
    return new S3Call("HEAD", bucket, "", "", Map.of(), "");
  }

  private static S3Call plain(String method, ObjectLocation at, String query) {
    return new S3Call(method, at.bucket(), at.key(), query, Map.of(), "");
  }

  private static String upload(String uploadId) {
    return "uploadId=" + UriEncoding.value(uploadId);
  }
}
