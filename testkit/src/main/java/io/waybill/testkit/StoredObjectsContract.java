package io.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.StoredObjects.Found;
import io.waybill.core.storage.StoredObjects.Listing;
import io.waybill.testkit.StoreUnderTest.Begun;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link StoredObjects}, on every store: what each lists below a prefix. */
public abstract class StoredObjectsContract {

  protected abstract StoreUnderTest subject();

  protected abstract StoredObjects objects();

  @Test
  void finished_objects_below_a_prefix_are_listed_in_the_order_of_their_keys() {
    String prefix = "listed/" + UUID.randomUUID() + "/";
    ObjectLocation second = at(prefix + "b/Lauf-7_漢字.bin");
    ObjectLocation first = at(prefix + "a/1.bin");
    StoredObject stored = subject().stored(second, new byte[12]);
    subject().stored(first, new byte[3]);
    Begun open = subject().begin(at(prefix + "c/open.bin"));

    Listing all = list(prefix, "");
    assertThat(all.objects()).extracting(Found::key).containsExactly(first.key(), second.key());
    assertThat(all.objects().getLast().sizeBytes()).isEqualTo(12);
    assertThat(bare(all.objects().getLast().etag())).isEqualTo(bare(stored.etag()));
    assertThat(all.hasMore()).isFalse();
    assertThat(list(prefix, first.key()).objects())
        .extracting(Found::key)
        .containsExactly(second.key());
    assertThat(list(prefix, second.key()).objects()).isEmpty();
    subject().store().abort(open.location(), open.uploadId());
  }

  @Test
  void a_bucket_that_is_not_there_refuses_us() {
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(
            () -> objects().list(subject().endpointRef(), "waybill-no-such-bucket", "x", ""))
        .matches(Outage.Storage::isRefusal);
  }

  private ObjectLocation at(String key) {
    return new ObjectLocation(subject().endpointRef(), subject().bucket(), key);
  }

  private Listing list(String prefix, String after) {
    return objects().list(subject().endpointRef(), subject().bucket(), prefix, after);
  }

  private static String bare(String etag) {
    return List.of(etag.split("\"", -1)).stream().filter(s -> !s.isEmpty()).findFirst().orElse("");
  }
}
