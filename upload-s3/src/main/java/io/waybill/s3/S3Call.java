package io.waybill.s3;

import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader.StoredRange;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.storage.UnfinishedUploads.Marker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private static final int UPLOADS_PER_PAGE = 200;
  private static final int OBJECTS_PER_PAGE = 1_000;

  S3Call {
    headers = Map.copyOf(headers);
  }

  /** The same with more headers, in lower case. */
  S3Call with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new S3Call(method, bucket, key, query, all, body);
  }

  static S3Call create(ObjectLocation at, String contentType) {
    return plain("POST", at, "uploads=").with(Map.of("content-type", line(contentType)));
  }

  /** As a header's value is signed: no space but one between words. */
  private static String line(String text) {
    return text.strip().replaceAll("\\s+", " ");
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

  /** One page of the uploads of a bucket. */
  static S3Call uploads(String bucket, String prefix, @Nullable Marker after) {
    String from = after == null ? "" : "key-marker=" + UriEncoding.value(after.key()) + "&";
    String query =
        from + "max-uploads=" + UPLOADS_PER_PAGE + "&prefix=" + UriEncoding.value(prefix);
    String behind =
        after == null || after.uploadId().isEmpty()
            ? ""
            : "&upload-id-marker=" + UriEncoding.value(after.uploadId());
    return new S3Call("GET", bucket, "", query + behind + "&uploads=", Map.of(), "");
  }

  /** One page of the objects of a bucket, in the order of their keys. */
  static S3Call objects(String bucket, String prefix, String after) {
    String from = after.isEmpty() ? "" : "&start-after=" + UriEncoding.value(after);
    String query =
        "list-type=2&max-keys=" + OBJECTS_PER_PAGE + "&prefix=" + UriEncoding.value(prefix) + from;
    return new S3Call("GET", bucket, "", query, Map.of(), "");
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
    return head(at, null);
  }

  static S3Call head(ObjectLocation at, @Nullable String versionId) {
    return plain("HEAD", at, version(versionId)).with(Map.of("x-amz-checksum-mode", "ENABLED"));
  }

  /** Some of an object's bytes, while it is the same object. */
  static S3Call get(StoredRange range) {
    String bytes = "bytes=" + range.from() + "-" + (range.from() + range.length() - 1);
    return plain("GET", range.location(), version(range.versionId()))
        .with(Map.of("range", bytes, "if-match", range.etag()));
  }

  /** The whole of an object as another; what the source says of itself is not taken over. */
  static S3Call copy(CopySource source, ObjectLocation to, String contentType) {
    return plain("PUT", to, "")
        .with(source(source))
        .with(Map.of("content-type", line(contentType), "x-amz-metadata-directive", "REPLACE"));
  }

  /** Some of an object's bytes as one part of another. */
  static S3Call copyPart(CopySource source, ObjectLocation to, String uploadId, CopyRange range) {
    String query = "partNumber=" + range.partNumber() + "&" + upload(uploadId);
    return plain("PUT", to, query)
        .with(source(source))
        .with(Map.of("x-amz-copy-source-range", range.header()));
  }

  private static Map<String, String> source(CopySource source) {
    ObjectLocation from = source.location();
    String path = UriEncoding.value(from.bucket()) + "/" + UriEncoding.path(from.key());
    String version = version(source.versionId());
    return Map.of(
        "x-amz-copy-source",
        version.isEmpty() ? path : path + "?" + version,
        "x-amz-copy-source-if-match",
        source.etag());
  }

  static S3Call abort(ObjectLocation at, String uploadId) {
    return plain("DELETE", at, upload(uploadId));
  }

  static S3Call delete(ObjectLocation at, @Nullable String versionId, LockBypass bypass) {
    S3Call plain = plain("DELETE", at, version(versionId));
    return switch (bypass) {
      case NONE -> plain;
      case GOVERNANCE -> plain.with(ProbeCalls.BYPASS);
    };
  }

  /** Of which stores ask for a sum of the body. */
  static S3Call hold(ObjectLocation at, @Nullable String versionId, HoldStatus status) {
    String version = versionId == null ? "" : "&" + version(versionId);
    return new S3Call(
        "PUT",
        at.bucket(),
        at.key(),
        "legal-hold=" + version,
        Map.of("content-md5", holdMd5(status), "content-type", "application/xml"),
        "<LegalHold xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>"
            + status
            + "</Status></LegalHold>");
  }

  private static String holdMd5(HoldStatus status) {
    return switch (status) {
      case ON -> "erOisiAmIIzsh/Ze2QqGXw==";
      case OFF -> "VFVLURy793Xk77f+OyG/PA==";
    };
  }

  static S3Call headBucket(String bucket) {
    return new S3Call("HEAD", bucket, "", "", Map.of(), "");
  }

  private static S3Call plain(String method, ObjectLocation at, String query) {
    return new S3Call(method, at.bucket(), at.key(), query, Map.of(), "");
  }

  private static String version(@Nullable String versionId) {
    return versionId == null ? "" : "versionId=" + UriEncoding.value(versionId);
  }

  private static String upload(String uploadId) {
    return "uploadId=" + UriEncoding.value(uploadId);
  }
}
