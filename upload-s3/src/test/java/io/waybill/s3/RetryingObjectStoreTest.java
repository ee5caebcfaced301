package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryingObjectStoreTest {

  private static final ObjectLocation LOCATION = new ObjectLocation("local", "robot-data", "k");
  private final Outage.Storage slowDown = outage(503, "SlowDown");
  private final Outage.Storage broken = outage(500, "InternalError");

  private final ScriptedStore store = new ScriptedStore(broken);
  private final List<Duration> pauses = new ArrayList<>();
  private long nanos;

  /** Time passes only in pauses. */
  private final RetryingObjectStore retrying =
      new RetryingObjectStore(
          store,
          RetryPolicy.DEFAULT,
          time -> {
            pauses.add(time);
            nanos += time.toNanos();
          },
          new Random(7),
          () -> nanos);

  @Test
  void what_succeeds_is_asked_once() {
    assertThat(retrying.head(LOCATION)).isEmpty();

    assertThat(store.calls).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_outage_that_passes_is_not_seen() {
    store.outages.addAll(List.of(broken, slowDown, broken));

    assertThat(retrying.head(LOCATION)).isEmpty();

    assertThat(store.calls).isEqualTo(4);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void an_outage_that_stays_is_thrown_within_the_bounded_time() {
    store.fallback = Optional.of(broken);

    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> retrying.listParts(LOCATION, "u"))
        .isSameAs(broken);

    assertThat(Duration.ofNanos(nanos))
        .isLessThan(RetryPolicy.DEFAULT.total())
        .isGreaterThan(RetryPolicy.DEFAULT.total().minus(RetryPolicy.DEFAULT.fault().longest()));
  }

  @Test
  void an_overloaded_store_gets_more_room_than_a_broken_connection() {
    store.fallback = Optional.of(slowDown);
    assertThatExceptionOfType(Outage.class).isThrownBy(() -> retrying.abort(LOCATION, "u"));
    int slow = store.calls;

    store.calls = 0;
    store.fallback = Optional.of(broken);
    assertThatExceptionOfType(Outage.class).isThrownBy(() -> retrying.abort(LOCATION, "u"));

    assertThat(store.calls).isGreaterThan(slow);
  }

  @Test
  void pauses_are_random_up_to_a_ceiling_that_doubles_and_ends() {
    RetryPolicy.Backoff backoff =
        new RetryPolicy.Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    Random random = new Random(7);
    List<Long> most =
        IntStream.rangeClosed(1, 30)
            .mapToObj(failures ->
                IntStream.range(0, 2_000)
                    .mapToLong(i -> backoff.pause(failures, random).toMillis())
                    .max()
                    .orElseThrow())
            .toList();

    assertThat(most.subList(0, 4))
        .satisfiesExactly(
            first -> assertThat(first).isBetween(90L, 100L),
            second -> assertThat(second).isBetween(180L, 200L),
            third -> assertThat(third).isBetween(360L, 400L),
            fourth -> assertThat(fourth).isBetween(720L, 800L));
    assertThat(most.subList(4, 30)).allSatisfy(ms -> assertThat(ms).isBetween(900L, 1_000L));
  }

  @Test
  void a_phase_ends_every_call_in_it_and_hands_its_time_on() {
    store.fallback = Optional.of(broken);
    ObjectStore phase = retrying.within(Duration.ofMillis(700));

    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(Outage.class).isThrownBy(() -> phase.head(LOCATION));
    }

    assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofMillis(700));
    assertThat(store.phases).containsExactly(Duration.ofMillis(700));
  }

  @Test
  void a_certificate_that_is_not_trusted_is_said_at_once() {
    store.fallback =
        Optional.of(StorageFault.of(new CertificateException("unknown authority")).outage("test"));

    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> retrying.head(LOCATION))
        .withMessageContaining("certificate is not trusted (unknown authority)");

    assertThat(store.calls).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void of_a_batch_only_what_had_no_answer_is_made_again() {
    List<ObjectStore.NewUpload> batch =
        IntStream.range(0, 5)
            .mapToObj(i -> new ObjectLocation("local", "robot-data", "k" + i))
            .map(location -> new ObjectStore.NewUpload(location, "video/mp4"))
            .toList();
    store.unavailableOnce.addAll(List.of("k1", "k3"));
    store.refused.add("k4");

    List<ObjectStore.CreateOutcome> outcomes = retrying.createUploads(batch);

    assertThat(outcomes)
        .containsExactly(
            new ObjectStore.CreateOutcome.Created("upload-k0"),
            new ObjectStore.CreateOutcome.Created("upload-k1"),
            new ObjectStore.CreateOutcome.Created("upload-k2"),
            new ObjectStore.CreateOutcome.Created("upload-k3"),
            new ObjectStore.CreateOutcome.Refused("KeyTooLongError", ""));
    assertThat(store.created).containsExactly("k0", "k1", "k2", "k3", "k4", "k1", "k3");
  }

  @Test
  void who_refuses_us_or_answers_rubbish_is_not_asked_again_at_once() {
    for (Outage.Storage outage :
        List.of(
            outage(403, "AccessDenied"),
            outage(404, "NoSuchBucket"),
            StorageFault.nonsense("a part without an ETag").outage("test"))) {
      store.calls = 0;
      store.fallback = Optional.of(outage);

      assertThatExceptionOfType(Outage.class)
          .isThrownBy(() -> retrying.listParts(LOCATION, "u"))
          .isSameAs(outage);

      assertThat(store.calls).isEqualTo(1);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_upload_that_may_be_there_without_its_id_is_not_made_once_more() {
    try (ScriptedServer server = new ScriptedServer();
        S3ObjectStore s3 = server.store()) {
      server.says(ScriptedServer.answer(200, "<InitiateMultipartUploadResult/>"));
      ObjectStore patient = new RetryingObjectStore(s3, RetryPolicy.DEFAULT);

      assertThat(patient.createUploads(List.of(new ObjectStore.NewUpload(LOCATION, "video/mp4"))))
          .hasOnlyElementsOfType(ObjectStore.CreateOutcome.Unavailable.class);

      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void every_repeated_create_is_for_the_recorded_key() {
    try (ScriptedServer server = new ScriptedServer();
        S3ObjectStore s3 = server.store()) {
      server.says(
          ScriptedServer.error(500, "InternalError"),
          ScriptedServer.hangUp(),
          ScriptedServer.answer(200, "<R><UploadId>u</UploadId></R>"));
      ObjectStore patient = new RetryingObjectStore(s3, RetryPolicy.DEFAULT);

      assertThat(patient.createUploads(List.of(new ObjectStore.NewUpload(LOCATION, "video/mp4"))))
          .containsExactly(new ObjectStore.CreateOutcome.Created("u"));

      assertThat(server.seen())
          .hasSizeGreaterThanOrEqualTo(3)
          .allMatch(request -> request.path().equals("/robot-data/k"));
    }
  }

  @Test
  void a_completion_a_copy_and_a_check_are_tried_once() {
    store.fallback = Optional.of(broken);

    assertThat(retrying.complete(LOCATION, "u", List.of()))
        .isEqualTo(new ObjectStore.CompleteOutcome.Unknown("scripted"));
    assertThatExceptionOfType(Outage.class).isThrownBy(() -> retrying.check("local", "b"));
    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() ->
            retrying.copy(
                new CopySource(LOCATION, null, "e", 5),
                new ObjectStore.NewUpload(LOCATION, "video/mp4")));

    assertThat(store.calls).isEqualTo(3);
  }

  @Test
  void a_thread_that_is_to_stop_does_not_wait() {
    store.fallback = Optional.of(broken);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(Outage.class).isThrownBy(() -> retrying.head(LOCATION));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.calls).isEqualTo(1);
  }

  private static Outage.Storage outage(int status, String code) {
    return StorageFault.answered(status, code, null).outage("test");
  }
}
