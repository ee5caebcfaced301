package io.waybill.s3;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contracts on a store that we did not write. Objects stay in it under {@code contract/}. */
@Tag("docker")
class RealStoreContractTest {

  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  /** Empty where there is no store to test. */
  private static Optional<StoreUnderTest> subject = Optional.empty();

  private static Optional<S3ObjectStore> real = Optional.empty();

  /** Empty where there is none, too. */
  private static Optional<StoreUnderTest> locked = Optional.empty();

  @BeforeAll
  static void connect() {
    RealStore store = RealStore.open();
    RUNNING.push(store);
    assumeTrue(store.bucket().isPresent(), RealStore.MISSING);
    subject = store.bucket().map(RealStoreContractTest::subject);
    locked = store.locked().map(RealStoreContractTest::subject);
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
    return subject.orElseGet(() -> abort(RealStore.MISSING));
  }

  @AfterAll
  static void disconnect() throws Exception {
    while (!RUNNING.isEmpty()) {
      RUNNING.pop().close();
    }
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
