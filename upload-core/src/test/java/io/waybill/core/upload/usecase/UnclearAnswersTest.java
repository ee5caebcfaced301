package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever storage says to a completion, somebody can put it right: no upload dies of it. */
class UnclearAnswersTest {

  private static final CompleteOutcome LOST = new CompleteOutcome.Unknown("Timeout");
  private static final CompleteOutcome CHANGED =
      new CompleteOutcome.PartsChanged("InvalidPart", "part 2 has another ETag");

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  @Test
  void a_listing_that_storage_refuses_us_puts_the_upload_back_where_it_was() {
    value(world.clients.presign(session, 1));
    world.putAll(session);
    for (String word : new String[] {"AccessDenied", "InvalidAccessKeyId", "NoSuchBucket"}) {
      world.store.nextList(FaultyStore.denied(word));
      Refusal refusal = refusal(world.clients.complete(session));
      assertThat(refusal.code().code()).isEqualTo("storage.refused");
      assertThat(refusal.code().retryable()).isTrue();
      assertThat(refusal.retryAfterSeconds()).isPositive();
      assertThat(refusal.message()).contains(word);
      assertThat(world.status(session)).isEqualTo(SessionStatus.UPLOADING);
    }
    value(world.clients.complete(session));
  }

  @Test
  void a_completion_that_storage_refuses_us_loses_nothing_and_aborts_nothing() {
    world.putAll(session);
    world.store.nextComplete(
        real -> () -> new CompleteOutcome.Denied(FaultyStore.denial("AccessDenied")));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.refused");
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
    world.advance(Duration.ofMinutes(5));
    world.redriveAll();
    assertThat(world.store.calls()).doesNotContain("abort");
    value(world.clients.complete(session));
  }

  @Test
  void a_look_that_storage_refuses_us_after_a_completion_stays_completing() {
    world.putAll(session);
    world.store.nextHead(FaultyStore.denied("AccessDenied"));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.refused");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    value(world.clients.complete(session));
  }

  @Test
  void a_worker_that_storage_refuses_keeps_the_intent_until_it_is_let_in() {
    world.putAll(session);
    world.store.nextComplete(real -> () -> LOST);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.store.nextList(FaultyStore.denied("ExpiredToken"));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    world.advance(Duration.ofMinutes(1));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void a_listing_that_is_refused_does_not_hide_an_earlier_success() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.store.nextList(FaultyStore.denied("SignatureDoesNotMatch"));
    value(world.clients.complete(session));
  }

  @Test
  void a_part_sent_again_between_list_and_complete_is_listed_and_completed_again() {
    world.putAll(session);
    AtomicInteger completions = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      world.store.nextComplete(real ->
          () -> {
            completions.incrementAndGet();
            return CHANGED;
          });
    }
    value(world.clients.complete(session));
    assertThat(completions).hasValue(3);
    assertThat(Collections.frequency(world.store.calls(), "list")).isEqualTo(4);
    assertThat(Collections.frequency(world.store.calls(), "complete")).isEqualTo(4);
  }

  @Test
  void parts_that_never_come_to_rest_put_the_upload_back_where_it_was() {
    value(world.clients.presign(session, 1));
    value(world.clients.pause(session));
    world.putAll(session);
    for (int i = 0; i < 4; i++) {
      world.store.nextComplete(real -> () -> CHANGED);
    }
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.parts_changed");
    assertThat(refusal.code().retryable()).isTrue();
    assertThat(refusal.details()).containsEntry("storage_code", "InvalidPart");
    assertThat(world.status(session)).isEqualTo(SessionStatus.PAUSED);
    assertThat(world.store.calls()).doesNotContain("abort");
    value(world.clients.complete(session));
  }

  @Test
  void an_upload_that_went_meanwhile_is_denied_once() {
    world.putAll(session);
    world.store.nextComplete(real ->
        () -> {
          world.storage.purge(world.uploadId(session));
          return CHANGED;
        });
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
  }

  @Test
  void a_store_that_takes_no_parts_so_small_ends_nothing() {
    world.putAll(session);
    world.store.nextComplete(
        real -> () -> new CompleteOutcome.PartTooSmall("EntityTooSmall", "10 MiB at least"));
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.part_size_mismatch");
    assertThat(refusal.details()).containsEntry("storage_code", "EntityTooSmall");
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
  }
}
