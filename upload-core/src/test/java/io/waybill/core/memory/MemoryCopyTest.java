package io.waybill.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.ObjectStore.CreateOutcome.Created;
import io.waybill.core.storage.ObjectStore.ListOutcome.Parts;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StoredObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryCopyTest {
  private static final ObjectLocation FROM = at("robot-data", "from.mcap");
  private static final NewUpload TO = new NewUpload(at("robot-data", "to.mcap"), "video/mp4");

  private final MemoryObjectStore store = new MemoryObjectStore(Set.of("robot-data"));

  @Test
  void a_copy_is_as_large_as_its_source_however_often_it_is_made() {
    StoredObject source = stored(7);

    assertThat(store.copy(of(source), TO)).isEqualTo(new CopyOutcome.Copied());
    StoredObject copy = store.head(TO.location()).orElseThrow();
    assertThat(copy.sizeBytes()).isEqualTo(7);

    assertThat(store.copy(of(source), TO)).isEqualTo(new CopyOutcome.Copied());
    assertThat(store.head(TO.location())).contains(copy);
    assertThat(store.head(FROM)).contains(source);
  }

  @Test
  void a_source_that_is_gone_or_is_another_is_refused_and_leaves_nothing() {
    assertThat(store.copy(new CopySource(FROM, null, "\"e\"", 7), TO))
        .isInstanceOf(CopyOutcome.Refused.class);
    StoredObject source = stored(7);

    assertThat(store.copy(new CopySource(FROM, null, "\"another\"", 7), TO))
        .isInstanceOf(CopyOutcome.Refused.class);
    assertThat(store.copy(new CopySource(FROM, null, source.etag(), 8), TO))
        .isInstanceOf(CopyOutcome.Refused.class);
    assertThat(store.head(TO.location())).isEmpty();
  }

  @Test
  void a_bucket_that_is_not_there_and_a_lost_key_refuse_us() {
    StoredObject source = stored(7);
    store.loseKeys(true);

    for (NewUpload target :
        List.of(
            new NewUpload(at("nowhere", "to.mcap"), "video/mp4"),
            guarded(EncryptionMode.SSE_KMS, false))) {
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> store.copy(of(source), target));
      assertThat(store.head(target.location())).isEmpty();
    }
  }

  @Test
  void a_copy_is_held_where_its_own_policy_says_so() {
    StoredObject source = stored(7);
    store.copy(of(source), guarded(EncryptionMode.NONE, true));

    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.delete(TO.location(), null));
    store.delete(FROM, null);
    assertThat(store.head(TO.location())).isPresent();
  }

  private StoredObject stored(long size) {
    String uploadId =
        ((Created) store.createUploads(List.of(new NewUpload(FROM, "video/mp4"))).getFirst())
            .uploadId();
    store.put(uploadId, 1, size);
    store.complete(FROM, uploadId, ((Parts) store.listParts(FROM, uploadId)).parts());
    return store.head(FROM).orElseThrow();
  }

  private static CopySource of(StoredObject source) {
    return new CopySource(FROM, source.versionId(), source.etag(), source.sizeBytes());
  }

  private static NewUpload guarded(EncryptionMode encryption, boolean hold) {
    Protection protection =
        new Protection(ChecksumMode.NONE, encryption, null, ObjectLockMode.NONE, null, hold);
    return new NewUpload(TO.location(), TO.contentType(), protection, null);
  }

  private static ObjectLocation at(String bucket, String key) {
    return new ObjectLocation("default", bucket, key);
  }
}
