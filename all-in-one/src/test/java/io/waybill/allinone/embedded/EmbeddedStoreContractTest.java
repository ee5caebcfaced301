package io.waybill.allinone.embedded;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.s3.CopySizes;
import io.waybill.s3.RetryPolicy;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Probe;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import io.waybill.testkit.ObjectCopyContract;
import io.waybill.testkit.ObjectReaderContract;
import io.waybill.testkit.ObjectStoreContract;
import io.waybill.testkit.StoreUnderTest;
import io.waybill.testkit.StoredObjectsContract;
import io.waybill.testkit.UnfinishedUploadsContract;
import io.waybill.testkit.UrlSignerContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that every development machine runs keeps the contracts of a real one. */
class EmbeddedStoreContractTest {

  @TempDir static Path directory;
  private static EmbeddedStore embedded;
  private static S3ObjectStore store;
  private static StoreUnderTest subject;
  private static S3Probe probe;

  @BeforeAll
  static void start() {
    EmbeddedStore.Settings settings = EmbeddedStore.Settings.development(directory, 0);
    embedded = EmbeddedStore.start(settings);
    S3Settings s3 = EmbeddedSumsTest.s3(embedded, settings);
    store = new S3ObjectStore(s3, new CopySizes(MIN_PART, MIN_PART));
    probe = new S3Probe(s3);
    subject = new StoreUnderTest(store, new SigV4UrlSigner(s3), "local", settings.bucket());
  }

  @AfterAll
  static void stop() {
    store.close();
    embedded.close();
  }

  @Nested
  class Store extends ObjectStoreContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }
  }

  @Nested
  class Copies extends ObjectCopyContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }
  }

  @Nested
  class Unfinished extends UnfinishedUploadsContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }

    @Override
    protected UnfinishedUploads uploads() {
      return store.unfinishedUploads(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Objects extends StoredObjectsContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }

    @Override
    protected StoredObjects objects() {
      return store.storedObjects(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Reads extends ObjectReaderContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }

    @Override
    protected ObjectReader reader() {
      return store.reader(RetryPolicy.DEFAULT);
    }
  }

  @Nested
  class Urls extends UrlSignerContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }
  }

  @Test
  void a_probe_finds_what_the_embedded_store_does_and_leaves_nothing_behind() throws Exception {
    assertThat(probe.probe("local", "robot-data"))
        .containsExactlyInAnyOrder(
            Capability.IDEMPOTENT_COMPLETE,
            Capability.PREFIX_LISTING,
            Capability.COMPLETE_IF_ABSENT,
            Capability.CHECKSUM_CRC32C,
            Capability.CHECKSUM_CRC64NVME,
            Capability.CHECKSUM_SHA256);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(name -> name.contains("waybill-probe"));
    }
  }
}
