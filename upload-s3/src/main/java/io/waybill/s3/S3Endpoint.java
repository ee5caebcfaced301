package io.waybill.s3;

import java.net.URI;

/**
 * One object store.
 *
 * @param internal where our own calls go
 * @param external where the URLs that we sign point to: the host a client will really use, because
 *     a signature covers it and nobody may rewrite it afterwards
 * @param bucket the bucket that readiness asks for
 * @param completeIfAbsent send {@code If-None-Match: *} with a completion. Keys are never reused,
 *     so this only guards against strangers in the bucket; a store that answers 501 to the header
 *     would leave every completion unknown. Off unless the store is known to honour or ignore it
 * @param choices what storage policies can name
 */
public record S3Endpoint(
    URI internal,
    URI external,
    String region,
    S3Credentials credentials,
    S3Addressing addressing,
    String bucket,
    boolean completeIfAbsent,
    S3Choices choices) {

  public S3Endpoint {
    internal = Origin.of("endpoint", internal);
    external = Origin.of("public endpoint", external);
    if (region.isBlank()) {
      throw new IllegalArgumentException("storage needs a region; us-east-1 if it has none");
    }
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("storage needs a bucket");
    }
  }

  /** One whose only bucket is that of readiness. */
  public S3Endpoint(
      URI internal,
      URI external,
      String region,
      S3Credentials credentials,
      S3Addressing addressing,
      String bucket,
      boolean completeIfAbsent) {
    this(
        internal,
        external,
        region,
        credentials,
        addressing,
        bucket,
        completeIfAbsent,
        S3Choices.only(bucket));
  }

  /** The same for policies that choose from these. */
  public S3Endpoint offering(S3Choices others) {
    return new S3Endpoint(
        internal, external, region, credentials, addressing, bucket, completeIfAbsent, others);
  }

  /** The same whose URLs point to where our own calls go. */
  S3Endpoint inside() {
    return new S3Endpoint(
        internal, internal, region, credentials, addressing, bucket, completeIfAbsent, choices);
  }
}
