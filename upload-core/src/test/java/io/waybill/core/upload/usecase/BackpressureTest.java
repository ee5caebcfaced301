package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.SessionStatus;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackpressureTest {

  private final World world = new World();

  @Test
  void a_strained_store_is_given_no_new_upload_and_nothing_is_written() {
    world.store.strain(true);

    Refusal refusal = refusal(create(RequestKey.NONE));

    assertThat(refusal.code()).isEqualTo(ErrorCode.STORAGE_BACKPRESSURE);
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(world.store.calls()).isEmpty();
    assertThat(world.database.facts().timeline(LifecycleEvent.class)).isEmpty();
  }

  @Test
  void a_key_that_was_refused_is_free_when_the_store_is_well_again() {
    RequestKey key = RequestKey.of("again");
    world.store.strain(true);
    assertThat(refusal(create(key)).code()).isEqualTo(ErrorCode.STORAGE_BACKPRESSURE);

    world.store.strain(false);

    assertThat(value(create(key)).objects()).hasSize(1);
  }

  @Test
  void a_create_that_had_begun_goes_on() {
    RequestKey key = RequestKey.of("begun");
    world.store.nextCreateAnswers(new CreateOutcome.Unavailable(FaultyStore.outage()));
    assertThat(refusal(create(key)).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);

    world.store.strain(true);

    assertThat(value(create(key)).objects()).hasSize(1);
  }

  @Test
  void a_retry_is_a_new_upload_too() {
    Answer.TaskObject object = start(1);
    value(world.clients.abort(object.sessionId()));
    world.store.strain(true);

    assertThat(refusal(world.clients.retry(object.sessionId(), RequestKey.of("retry"))).code())
        .isEqualTo(ErrorCode.STORAGE_BACKPRESSURE);
  }

  @Test
  void a_running_upload_goes_on_to_its_end_with_fewer_urls_at_a_time() {
    Answer.TaskObject object = start(20);
    world.store.strain(true);

    PresignAnswer.Full urls = presign(object.sessionId(), 20);
    assertThat(urls.parts()).hasSize(Backpressure.PARTS);
    assertThat(urls.nextPartNumber()).isEqualTo(Backpressure.PARTS + 1);

    world.putAll(object.sessionId());
    assertThat(value(world.clients.complete(object.sessionId())).status())
        .isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void a_well_store_gives_as_many_urls_as_are_asked_for() {
    PresignAnswer.Full urls = presign(start(20).sessionId(), 20);
    assertThat(urls.parts()).hasSize(20);
    assertThat(urls.nextPartNumber()).isNull();
  }

  private Verdict<Answer.Task> create(RequestKey key) {
    return world.clients.create(
        Registry.robot17(), key, Requests.task(Requests.file("run.mcap", 150 * MIB)));
  }

  private Answer.TaskObject start(int parts) {
    return value(world.clients.create(Requests.task(Requests.file("long.mcap", 64L * parts * MIB))))
        .objects()
        .getFirst();
  }

  private PresignAnswer.Full presign(UUID sessionId, int parts) {
    Integer[] numbers = IntStream.rangeClosed(1, parts).boxed().toArray(Integer[]::new);
    return (PresignAnswer.Full) value(world.clients.presign(sessionId, numbers));
  }
}
