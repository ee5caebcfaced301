package io.waybill.allinone.embedded;

import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import io.waybill.testkit.ObjectStoreContract;
import io.waybill.testkit.StoreUnderTest;
import io.waybill.testkit.UrlSignerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The store that every development machine runs keeps the contracts of a real one. */
class EmbeddedStoreContractTest {

  @TempDir static Path directory;
  private static EmbeddedStore embedded;
  private static S3ObjectStore store;
  private static StoreUnderTest subject;

  @BeforeAll
  static void start() {
    EmbeddedStore.Settings settings = EmbeddedStore.Settings.development(directory, 0);
    embedded = EmbeddedStore.start(settings);
    S3Settings s3 =
        S3Settings.of(
            "local",
            new S3Endpoint(
                embedded.endpoint(),
                embedded.endpoint(),
                "us-east-1",
                new S3Credentials(settings.accessKey(), settings.secretKey()),
                S3Addressing.PATH,
                settings.bucket(),
                true));
    store = new S3ObjectStore(s3);
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
  class Urls extends UrlSignerContract {
    @Override
    protected StoreUnderTest subject() {
      return subject;
    }
  }
}
