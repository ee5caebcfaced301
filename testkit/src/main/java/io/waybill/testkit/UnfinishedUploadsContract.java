package io.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.core.storage.UnfinishedUploads.Found;
import io.waybill.core.storage.UnfinishedUploads.Marker;
import io.waybill.testkit.StoreUnderTest.Begun;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link UnfinishedUploads}, on every store: what each lists of one whole key. */
public abstract class UnfinishedUploadsContract {

  protected abstract StoreUnderTest subject();

  protected abstract UnfinishedUploads uploads();

  @Test
  void every_upload_of_a_key_is_listed_with_its_age_until_it_is_aborted() {
    Begun one = subject().begin(subject().freshLocation("Lauf-7_漢字.bin"));
    Begun other = subject().begin(one.location());

    assertThat(of(one)).extracting(Found::uploadId).contains(one.uploadId(), other.uploadId());
    assertThat(of(one))
        .allSatisfy(found -> {
          assertThat(found.key()).isEqualTo(one.location().key());
          assertThat(found.initiatedAt()).isAfter(Instant.EPOCH);
        });
    subject().store().abort(one.location(), one.uploadId());
    assertThat(of(one)).extracting(Found::uploadId).containsExactly(other.uploadId());
    subject().store().abort(other.location(), other.uploadId());
    assertThat(of(one)).isEmpty();
  }

  @Test
  void behind_the_last_upload_of_a_key_there_is_none() {
    Begun one = subject().begin();
    Marker last = new Marker(one.location().key(), one.uploadId());

    assertThat(
            uploads()
                .list(subject().endpointRef(), subject().bucket(), one.location().key(), last)
                .uploads())
        .isEmpty();
    subject().store().abort(one.location(), one.uploadId());
  }

  @Test
  void a_bucket_that_is_not_there_refuses_us() {
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() ->
            uploads().list(subject().endpointRef(), "waybill-no-such-bucket", "contract/x", null))
        .matches(Outage.Storage::isRefusal);
  }

  private List<Found> of(Begun upload) {
    return uploads()
        .list(subject().endpointRef(), subject().bucket(), upload.location().key(), null)
        .uploads();
  }
}
