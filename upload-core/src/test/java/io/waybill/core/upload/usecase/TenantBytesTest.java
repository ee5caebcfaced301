package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A tenant holds so many bytes, stored and promised, in all its projects, and no more. */
class TenantBytesTest {

  private static final long SIZE = 150 * World.MIB; // what start() asks for

  private final World world = new World(Limits.standard().with(new Limits.Quotas(2 * SIZE)));

  @Test
  void what_does_not_fit_is_refused_before_storage_is_asked_and_says_whose_quota_it_is() {
    world.start();

    Refusal refusal = refusal(world.clients.create(task(file("a", SIZE), file("b", SIZE))));

    assertThat(refusal.code().code()).isEqualTo("quota.bytes_exceeded");
    assertThat(refusal.retryAfterSeconds()).isZero();
    assertThat(refusal.details())
        .containsAllEntriesOf(
            Map.of(
                "scope",
                "tenant",
                "used_bytes",
                0L,
                "reserved_bytes",
                SIZE,
                "requested_bytes",
                2 * SIZE,
                "max_bytes",
                2 * SIZE));
    assertThat(world.storage.openUploads()).hasSize(1);
    world.start();
    assertThat(code(world.clients.create(task(file("c", 1))))).isEqualTo("quota.bytes_exceeded");
  }

  @Test
  void what_is_aborted_or_expired_makes_room_and_a_retry_needs_it() {
    Answer.TaskObject first = world.start();
    world.start();
    value(world.clients.abort(first.sessionId()));
    world.start();
    assertThat(code(world.clients.retry(first.sessionId(), RequestKey.NONE)))
        .isEqualTo("quota.bytes_exceeded");

    world.advance(Duration.ofHours(24));
    world.start();
  }
}
