package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** URLs in the answer of a create that is repeated: only where one can live, and be handed over. */
class FirstUrlsTest {

  private final World world = new World();
  private final NewTask wish = task(new NewTask.Presign(2, null, false), file("a", 150 * MIB));
  private final UUID session = create().sessionId();

  private Answer.TaskObject create() {
    return value(world.clients.create(Registry.robot17(), RequestKey.of("k"), wish))
        .objects()
        .getFirst();
  }

  @Test
  void in_the_last_second_of_a_session_there_is_no_time_for_a_url() {
    world.advance(Duration.ofHours(24).minusMillis(100));
    assertThat(create().presigned()).isNull();
    assertThat(world.timeline(session)).containsOnlyOnce("upload.presign_issued");
  }

  @Test
  void a_replay_neither_starts_nor_presigns_the_session_that_a_retry_has_made() {
    value(world.clients.abort(session));
    UUID retried = value(world.clients.retry(session, RequestKey.NONE)).sessionId();
    assertThat(create().presigned()).isNull();
    assertThat(world.status(retried)).isEqualTo(SessionStatus.INITIATED);
    assertThat(world.timeline(retried)).doesNotContain("upload.presign_issued");
  }
}
