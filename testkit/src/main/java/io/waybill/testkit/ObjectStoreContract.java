package io.waybill.testkit;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static io.waybill.testkit.StoreUnderTest.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome.Created;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.testkit.StoreUnderTest.Begun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store behind the port does, whoever made it. */
public abstract class ObjectStoreContract {

  private static final String NO_BUCKET = "waybill-no-such-bucket";

  protected abstract StoreUnderTest subject();

  /** Enough parts for a second page; 0 where the store is too slow for so many requests. */
  protected int partsForPaging() {
    return 1_005;
  }

  @Test
  void uploads_of_one_batch_get_ids_of_their_own_in_the_order_asked_for() {
    List<NewUpload> batch =
        IntStream.range(0, 20)
            .mapToObj(i -> new NewUpload(subject().freshLocation(), "video/mp4"))
            .toList();

    List<CreateOutcome> outcomes = subject().store().createUploads(batch);

    assertThat(outcomes).hasSize(20).allMatch(Created.class::isInstance).doesNotHaveDuplicates();
    for (int i = 0; i < batch.size(); i++) {
      Begun upload = new Begun(batch.get(i).location(), ((Created) outcomes.get(i)).uploadId());
      assertThat(subject().parts(upload)).isEmpty();
      assertThat(abort(upload)).isEqualTo(AbortOutcome.ABORTED);
    }
  }

  @Test
  void a_missing_bucket_refuses_us_and_spares_the_rest_of_the_batch() {
    ObjectLocation nowhere = new ObjectLocation(subject().endpointRef(), NO_BUCKET, "contract/x");

    List<CreateOutcome> outcomes =
        subject()
            .store()
            .createUploads(
                List.of(
                    new NewUpload(subject().freshLocation(), "video/mp4"),
                    new NewUpload(nowhere, "video/mp4")));

    assertThat(outcomes.getFirst()).isInstanceOf(Created.class);
    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            CreateOutcome.Unavailable.class,
            refused -> {
              assertThat(refused.outage().isRefusal()).isTrue();
              assertThat(refused.outage().what()).contains("NoSuchBucket");
            });
  }

  @Test
  void parts_are_listed_by_number_with_their_exact_sizes() {
    Begun upload = subject().begin();
    subject().send(upload, 7, randomBytes(70));
    subject().send(upload, 2, randomBytes(20));
    subject().send(upload, 10_000, randomBytes(1));

    List<StoredPart> parts = subject().parts(upload);

    assertThat(parts).extracting(StoredPart::partNumber).containsExactly(2, 7, 10_000);
    assertThat(parts).extracting(StoredPart::sizeBytes).containsExactly(20L, 70L, 1L);
    assertThat(parts).extracting(StoredPart::etag).doesNotContain("");
  }

  @Test
  void a_part_sent_again_replaces_the_first() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(10));
    String first = subject().parts(upload).getFirst().etag();

    subject().send(upload, 1, randomBytes(11));

    assertThat(subject().parts(upload))
        .singleElement()
        .satisfies(part -> {
          assertThat(part.sizeBytes()).isEqualTo(11);
          assertThat(part.etag()).isNotEqualTo(first);
        });
  }

  @Test
  void more_parts_than_a_page_holds_are_all_listed() throws Exception {
    int count = partsForPaging();
    assumeTrue(count > 0, "this store is too slow for a thousand parts");
    Begun upload = subject().begin();
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int number = 1; number <= count; number++) {
        int partNumber = number;
        sent.add(threads.submit(() -> subject().send(upload, partNumber, randomBytes(1))));
      }
    }
    for (Future<?> part : sent) {
      part.get();
    }

    assertThat(subject().parts(upload))
        .extracting(StoredPart::partNumber)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void an_unknown_upload_is_told_from_an_outage() {
    Begun unknown = aborted();

    assertThat(subject().store().listParts(unknown.location(), unknown.uploadId()))
        .isEqualTo(new ListOutcome.NoSuchUpload());
    assertThat(abort(unknown)).isEqualTo(AbortOutcome.NO_SUCH_UPLOAD);
  }

  @Test
  void a_completed_upload_is_an_object_of_the_sum_of_its_parts() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(MIN_PART));
    subject().send(upload, 2, randomBytes(3));

    assertThat(complete(upload, subject().parts(upload))).isEqualTo(new CompleteOutcome.Done());

    StoredObject object = subject().store().head(upload.location()).orElseThrow();
    assertThat(object.sizeBytes()).isEqualTo(MIN_PART + 3L);
    assertThat(object.etag()).isNotEmpty();
    assertThat(subject().store().listParts(upload.location(), upload.uploadId()))
        .isEqualTo(new ListOutcome.NoSuchUpload());
  }

  @Test
  void completing_twice_leaves_one_object_and_no_refusal() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(9));
    List<StoredPart> parts = subject().parts(upload);
    assertThat(complete(upload, parts)).isEqualTo(new CompleteOutcome.Done());
    StoredObject object = subject().store().head(upload.location()).orElseThrow();

    CompleteOutcome again = complete(upload, parts);

    assertThat(again).isInstanceOfAny(CompleteOutcome.Done.class, CompleteOutcome.Unknown.class);
    assertThat(subject().store().head(upload.location())).contains(object);
  }

  @Test
  void completing_what_was_aborted_is_unknown_and_makes_no_object() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(9));
    List<StoredPart> parts = subject().parts(upload);
    assertThat(abort(upload)).isEqualTo(AbortOutcome.ABORTED);

    assertThat(complete(upload, parts)).isInstanceOf(CompleteOutcome.Unknown.class);
    assertThat(subject().store().head(upload.location())).isEmpty();
  }

  @Test
  void completing_with_a_part_that_was_never_sent_is_refused_and_keeps_the_rest() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(MIN_PART));
    StoredPart sent = subject().parts(upload).getFirst();
    StoredPart invented = new StoredPart(2, sent.etag(), 5, sent.uploadedAt());

    assertThat(complete(upload, List.of(sent, invented)))
        .isInstanceOfSatisfying(
            CompleteOutcome.PartsChanged.class,
            refused -> assertThat(refused.storageCode()).isEqualTo("InvalidPart"));
    assertThat(subject().parts(upload)).containsExactly(sent);
    assertThat(subject().store().head(upload.location())).isEmpty();
  }

  @Test
  void a_part_that_is_too_small_for_its_place_is_refused() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(10));
    subject().send(upload, 2, randomBytes(10));

    assertThat(complete(upload, subject().parts(upload)))
        .isInstanceOfSatisfying(
            CompleteOutcome.PartTooSmall.class,
            refused -> assertThat(refused.storageCode()).isEqualTo("EntityTooSmall"));
  }

  @Test
  void an_object_that_is_not_there_has_no_head() {
    assertThat(subject().store().head(subject().freshLocation())).isEmpty();
  }

  @Test
  void a_deleted_object_is_gone_however_often_it_is_deleted() {
    Begun upload = subject().begin();
    subject().send(upload, 1, randomBytes(9));
    complete(upload, subject().parts(upload));
    StoredObject object = subject().store().head(upload.location()).orElseThrow();

    subject().store().delete(upload.location(), object.versionId());

    assertThat(subject().store().head(upload.location())).isEmpty();
    subject().store().delete(upload.location(), object.versionId());
    subject().store().delete(upload.location(), null);
    subject().store().delete(subject().freshLocation(), null);
  }

  @Test
  void a_check_passes_for_our_bucket_and_fails_for_a_missing_one() {
    StoreUnderTest ours = subject();

    assertThatCode(() -> ours.store().check(ours.endpointRef(), ours.bucket()))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> ours.store().check(ours.endpointRef(), NO_BUCKET));
  }

  private Begun aborted() {
    Begun upload = subject().begin();
    assertThat(abort(upload)).isEqualTo(AbortOutcome.ABORTED);
    return upload;
  }

  private AbortOutcome abort(Begun upload) {
    return subject().store().abort(upload.location(), upload.uploadId());
  }

  private CompleteOutcome complete(Begun upload, List<StoredPart> parts) {
    return subject().store().complete(upload.location(), upload.uploadId(), parts);
  }
}
