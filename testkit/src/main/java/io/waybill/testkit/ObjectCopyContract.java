package io.waybill.testkit;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static io.waybill.testkit.StoreUnderTest.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every store does that copies by itself. The one under test copies what is larger than {@link
 * StoreUnderTest#MIN_PART} in parts of that size.
 */
public abstract class ObjectCopyContract {

  protected abstract StoreUnderTest subject();

  @Test
  void a_copy_has_the_bytes_of_its_source_and_a_type_of_its_own() throws Exception {
    byte[] file = randomBytes(10_000);
    CopySource source = stored(subject().freshLocation(), file);
    NewUpload target = target("run.mp4");

    assertThat(copy(source, target)).isEqualTo(new CopyOutcome.Copied());

    HttpResponse<byte[]> answer = bytes(target);
    assertThat(answer.body()).isEqualTo(file);
    assertThat(answer.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(head(target).sizeBytes()).isEqualTo(file.length);
  }

  @Test
  void keys_are_copied_whatever_is_in_them() throws Exception {
    for (String name : List.of("a b", "a+b", "Läufe_漢字", "100%25 & =?;", "~'()*!")) {
      byte[] file = randomBytes(10);
      CopySource source = stored(subject().freshLocation(name), file);
      NewUpload target = target("copy of " + name);

      assertThat(copy(source, target)).as(name).isEqualTo(new CopyOutcome.Copied());
      assertThat(bytes(target).body()).as(name).isEqualTo(file);
    }
  }

  @Test
  void an_empty_object_has_an_empty_copy() {
    CopySource source = stored(subject().freshLocation(), new byte[0]);
    NewUpload target = target("empty");

    assertThat(copy(source, target)).isEqualTo(new CopyOutcome.Copied());
    assertThat(head(target).sizeBytes()).isZero();
  }

  @Test
  void a_large_copy_in_parts_has_the_bytes_of_its_source() throws Exception {
    byte[] file = randomBytes(2 * MIN_PART + 12_345);
    CopySource source = stored(subject().freshLocation("Lauf 7+8.mcap"), file);
    NewUpload target = target("Lauf 7+8.mcap");

    for (int time = 0; time < 2; time++) {
      assertThat(copy(source, target)).isEqualTo(new CopyOutcome.Copied());
      HttpResponse<byte[]> answer = bytes(target);
      assertThat(answer.body()).isEqualTo(file);
      assertThat(answer.headers().firstValue("Content-Type")).contains("video/mp4");
      assertThat(head(target).sizeBytes()).isEqualTo(file.length);
    }
  }

  @Test
  void a_copy_may_be_repeated_and_outlives_its_source() throws Exception {
    byte[] file = randomBytes(100);
    CopySource source = stored(subject().freshLocation(), file);
    NewUpload target = target("run.mp4");
    copy(source, target);

    assertThat(copy(source, target)).isEqualTo(new CopyOutcome.Copied());
    subject().store().delete(source.location(), source.versionId());

    assertThat(bytes(target).body()).isEqualTo(file);
  }

  @Test
  void a_source_that_is_another_is_refused_and_leaves_nothing() {
    for (int size : new int[] {100, MIN_PART + 1}) {
      CopySource it = stored(subject().freshLocation(), randomBytes(size));
      ObjectLocation at = it.location();
      NewUpload target = target("run.mp4");
      String another = "\"0123456789abcdef0123456789abcdef\"";

      for (CopySource wrong :
          List.of(
              new CopySource(at, it.versionId(), another, size),
              new CopySource(at, it.versionId(), it.etag(), size + 1L))) {
        assertThat(copy(wrong, target)).isInstanceOf(CopyOutcome.Refused.class);
        assertThat(subject().store().head(target.location())).isEmpty();
      }
    }
  }

  @Test
  void a_source_that_is_gone_is_refused_and_leaves_nothing() {
    NewUpload target = target("run.mp4");
    CopySource deleted = stored(subject().freshLocation(), randomBytes(10));
    subject().store().delete(deleted.location(), deleted.versionId());
    CopySource never = new CopySource(subject().freshLocation(), null, deleted.etag(), 10);

    for (CopySource gone : List.of(deleted, never)) {
      assertThat(copy(gone, target)).isInstanceOf(CopyOutcome.Refused.class);
      assertThat(subject().store().head(target.location())).isEmpty();
    }
  }

  @Test
  void what_a_newer_object_lies_over_is_copied_as_its_version_or_not_at_all() throws Exception {
    byte[] file = randomBytes(10);
    CopySource source = stored(subject().freshLocation(), file);
    subject().store().delete(source.location(), null);
    stored(source.location(), randomBytes(11));
    NewUpload target = target("run.mp4");

    CopyOutcome outcome = copy(source, target);

    if (source.versionId() == null) { // the bucket keeps none: it is gone
      assertThat(outcome).isInstanceOf(CopyOutcome.Refused.class);
      assertThat(subject().store().head(target.location())).isEmpty();
    } else {
      assertThat(outcome).isEqualTo(new CopyOutcome.Copied());
      assertThat(bytes(target).body()).isEqualTo(file);
    }
  }

  @Test
  void a_bucket_that_is_not_there_refuses_us() {
    for (int size : new int[] {100, MIN_PART + 1}) {
      CopySource source = stored(subject().freshLocation(), randomBytes(size));
      ObjectLocation nowhere =
          new ObjectLocation(subject().endpointRef(), "waybill-no-such-bucket", "contract/x");

      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> copy(source, new NewUpload(nowhere, "video/mp4")))
          .matches(Outage.Storage::isRefusal);
    }
  }

  private CopyOutcome copy(CopySource source, NewUpload target) {
    return subject().store().copy(source, target);
  }

  private NewUpload target(String name) {
    return new NewUpload(subject().freshLocation(name), "video/mp4");
  }

  private StoredObject head(NewUpload target) {
    return subject().store().head(target.location()).orElseThrow();
  }

  private HttpResponse<byte[]> bytes(NewUpload target) throws Exception {
    return subject().get(subject().downloadUrl(target.location(), "f"));
  }

  private CopySource stored(ObjectLocation location, byte[] bytes) {
    StoredObject object = subject().stored(location, bytes);
    return new CopySource(location, object.versionId(), object.etag(), bytes.length);
  }
}
