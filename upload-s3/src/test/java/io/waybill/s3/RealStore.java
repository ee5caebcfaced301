package io.waybill.s3;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store that we did not write: the endpoint in {@code WAYBILL_TEST_S3_ENDPOINT}, {@code
 * _ACCESS_KEY}, {@code _SECRET_KEY}, {@code _REGION} and {@code _BUCKET}, which must exist, else
 * MinIO in Docker, else none. {@code _LOCKED_BUCKET} is a bucket that was made for object locks, so
 * that it keeps versions.
 */
final class RealStore implements AutoCloseable {
  /** Why a test is skipped. */
  static final String MISSING =
      "no such bucket is in WAYBILL_TEST_S3_*, and there is no Docker engine to run MinIO on";

  /** The last public image with a changelog of its own. */
  private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

  private final @Nullable MinIOContainer container;
  private final @Nullable S3Endpoint bucket;
  private final @Nullable S3Endpoint locked;

  private RealStore(
      @Nullable MinIOContainer container,
      @Nullable S3Endpoint bucket,
      @Nullable S3Endpoint locked) {
    this.container = container;
    this.bucket = bucket;
    this.locked = locked;
  }

  static RealStore open() {
    if (System.getenv("WAYBILL_TEST_S3_ENDPOINT") != null) {
      String other = System.getenv("WAYBILL_TEST_S3_LOCKED_BUCKET");
      return new RealStore(
          null, configured(variable("BUCKET")), other == null ? null : configured(other));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? minio()
        : new RealStore(null, null, null);
  }

  /** Empty where there is no store to test. */
  Optional<S3Endpoint> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** Empty where there is none, too. */
  Optional<S3Endpoint> locked() {
    return Optional.ofNullable(locked);
  }

  @Override
  public void close() {
    if (container != null) {
      container.close();
    }
  }

  private static RealStore minio() {
    MinIOContainer minio = new MinIOContainer(MINIO);
    minio.start();
    S3Credentials keys = new S3Credentials(minio.getUserName(), minio.getPassword());
    S3Endpoint plain = endpoint(minio.getS3URL(), "us-east-1", keys, "waybill-contract");
    S3Endpoint locked = endpoint(minio.getS3URL(), "us-east-1", keys, "waybill-contract-locked");
    try (S3Client client = administrator(plain)) {
      client.createBucket(made -> made.bucket(plain.bucket()));
      client.createBucket(made -> made.bucket(locked.bucket()).objectLockEnabledForBucket(true));
    }
    return new RealStore(minio, plain, locked);
  }

  private static S3Client administrator(S3Endpoint endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint.internal())
        .region(Region.of(endpoint.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    endpoint.credentials().accessKey(), endpoint.credentials().secretKey())))
        .forcePathStyle(true)
        .build();
  }

  private static S3Endpoint configured(String bucket) {
    return endpoint(
        variable("ENDPOINT"),
        Objects.requireNonNullElse(System.getenv("WAYBILL_TEST_S3_REGION"), "us-east-1"),
        new S3Credentials(variable("ACCESS_KEY"), variable("SECRET_KEY")),
        bucket);
  }

  private static S3Endpoint endpoint(
      String origin, String region, S3Credentials keys, String bucket) {
    return new S3Endpoint(
        URI.create(origin), URI.create(origin), region, keys, S3Addressing.PATH, bucket, false);
  }

  private static String variable(String name) {
    return Objects.requireNonNull(
        System.getenv("WAYBILL_TEST_S3_" + name), () -> "set WAYBILL_TEST_S3_" + name);
  }
}
