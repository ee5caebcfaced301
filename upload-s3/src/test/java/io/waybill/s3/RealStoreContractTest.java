package io.waybill.s3;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static org.junit.jupiter.api.Assumptions.abort;

import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.testkit.ObjectCopyContract;
import io.waybill.testkit.ObjectReaderContract;
import io.waybill.testkit.ObjectStoreContract;
import io.waybill.testkit.StoreUnderTest;
import io.waybill.testkit.StoredObjectsContract;
import io.waybill.testkit.UnfinishedUploadsContract;
import io.waybill.testkit.UrlSignerContract;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The contracts on a store that we did not write: the endpoint in {@code WAYBILL_TEST_S3_ENDPOINT},
 * {@code _ACCESS_KEY}, {@code _SECRET_KEY}, {@code _REGION} and {@code _BUCKET}, else MinIO in
 * Docker. The bucket must exist; objects stay in it under {@code contract/}. {@code _LOCKED_BUCKET}
 * is one that was made for object locks, so that it keeps versions.
 */
@Tag("docker")
class RealStoreContractTest {

  /** The last public image with a changelog of its own. */
  private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  private static final String LOCKED = "waybill-contract-locked";

  /** Empty where there is no store to test. */
  private static Optional<StoreUnderTest> subject = Optional.empty();

  private static Optional<S3ObjectStore> real = Optional.empty();

  /** Empty where there is none, too. */
  private static Optional<StoreUnderTest> locked = Optional.empty();

  @BeforeAll
  static void connect() {
    if (System.getenv("WAYBILL_TEST_S3_ENDPOINT") != null) {
      subject = Optional.of(subject(configured(variable("BUCKET"))));
      locked =
          Optional.ofNullable(System.getenv("WAYBILL_TEST_S3_LOCKED_BUCKET"))
              .map(bucket -> subject(configured(bucket)));
    } else if (DockerClientFactory.instance().isDockerAvailable()) {
      S3Endpoint minio = minio();
      subject = Optional.of(subject(minio));
      locked = Optional.of(subject(in(LOCKED, minio)));
    }
  }

  private static S3Endpoint in(String bucket, S3Endpoint other) {
    return endpoint(other.internal().toString(), other.region(), other.credentials(), bucket);
  }

  private static StoreUnderTest subject(S3Endpoint endpoint) {
    S3Settings settings = S3Settings.of("real", endpoint);
    S3ObjectStore store = new S3ObjectStore(settings, new CopySizes(MIN_PART, MIN_PART));
    RUNNING.push(store);
    real = Optional.of(store);
    return new StoreUnderTest(
        new RetryingObjectStore(store, RetryPolicy.DEFAULT),
        new SigV4UrlSigner(settings),
        "real",
        endpoint.bucket());
  }

  private static StoreUnderTest orSkip(Optional<StoreUnderTest> subject) {
    return subject.orElseGet(() ->
        abort(
            "no such bucket is in WAYBILL_TEST_S3_*, and there is no Docker engine to run MinIO"
                + " on"));
  }

  @AfterAll
  static void disconnect() throws Exception {
    while (!RUNNING.isEmpty()) {
      RUNNING.pop().close();
    }
  }

  private static S3Endpoint configured(String bucket) {
    return endpoint(
        variable("ENDPOINT"),
        Objects.requireNonNullElse(System.getenv("WAYBILL_TEST_S3_REGION"), "us-east-1"),
        new S3Credentials(variable("ACCESS_KEY"), variable("SECRET_KEY")),
        bucket);
  }

  private static S3Endpoint minio() {
    MinIOContainer minio = new MinIOContainer(MINIO);
    minio.start();
    RUNNING.push(minio);
    S3Credentials keys = new S3Credentials(minio.getUserName(), minio.getPassword());
    S3Endpoint endpoint = endpoint(minio.getS3URL(), "us-east-1", keys, "waybill-contract");
    try (S3Client client = administrator(endpoint)) {
      client.createBucket(bucket -> bucket.bucket(endpoint.bucket()));
      client.createBucket(bucket -> bucket.bucket(LOCKED).objectLockEnabledForBucket(true));
    }
    return endpoint;
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

  private static S3Endpoint endpoint(
      String origin, String region, S3Credentials keys, String bucket) {
    return new S3Endpoint(
        URI.create(origin), URI.create(origin), region, keys, S3Addressing.PATH, bucket, false);
  }

  private static String variable(String name) {
    return Objects.requireNonNull(
        System.getenv("WAYBILL_TEST_S3_" + name), () -> "set WAYBILL_TEST_S3_" + name);
  }

  @Nested
  class Store extends ObjectStoreContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }
  }

  @Nested
  class StoreOfVersions extends ObjectStoreContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(locked);
    }
  }

  @Nested
  class Copies extends ObjectCopyContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }
  }

  @Nested
  class CopiesOfVersions extends ObjectCopyContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(locked);
    }
  }

  @Nested
  class Unfinished extends UnfinishedUploadsContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }

    @Override
    protected UnfinishedUploads uploads() {
      return real.orElseThrow().unfinishedUploads(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Listed extends StoredObjectsContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }

    @Override
    protected StoredObjects objects() {
      return real.orElseThrow().storedObjects(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Reads extends ObjectReaderContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }

    @Override
    protected ObjectReader reader() {
      return real.orElseThrow().reader(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Urls extends UrlSignerContract {
    @Override
    protected StoreUnderTest subject() {
      return orSkip(subject);
    }
  }
}
