package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Verdict;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A create whose first call died goes on with what has become of its task in the meantime. */
class TakenOverCreateTest {

  private static final RequestKey KEY = RequestKey.of("k");

  private final World world = new World();
  private final NewTask request = task(file("a", MIB));

  private Verdict<Answer.Task> create() {
    return world.clients.create(Registry.robot17(), KEY, request);
  }

  @Test
  void an_upload_that_failed_after_it_was_opened_is_an_effect_and_keeps_its_key() {
    world.points.arm(0);
    assertThatThrownBy(this::create).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(31));
    world.redriveAll();
    UUID session = world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
    world.storage.purge(world.uploadId(session));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofMinutes(1));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");

    Answer.Task answer = value(create());

    assertThat(answer.objects().getFirst().sessionId()).isEqualTo(session);
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.FAILED);
    assertThat(value(create())).isEqualTo(answer);
  }
}
