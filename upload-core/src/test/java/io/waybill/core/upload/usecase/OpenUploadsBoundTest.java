package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** So many uploads may be open at once, and no more. */
class OpenUploadsBoundTest {

  private static Limits limits(int tenant, int device, int tasks) {
    return Limits.standard().with(new Limits.Openings(tenant, device, tasks));
  }

  @Test
  void open_uploads_are_bounded_by_tenant_device_and_project() {
    assertThat(scopeOfThird(new World(limits(2, 9, 9)))).isEqualTo("tenant");
    assertThat(scopeOfThird(new World(limits(9, 2, 9)))).isEqualTo("device");
    assertThat(scopeOfThird(new World(limits(9, 9, 2)))).isEqualTo("project");
  }

  private static Object scopeOfThird(World small) {
    small.start();
    small.start();
    Refusal refusal = refusal(small.clients.create(task(file("f", 1))));
    assertThat(refusal.code().code()).isEqualTo("quota.open_uploads_exceeded");
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(small.storage.openUploads()).hasSize(2);
    return refusal.details().getOrDefault("scope", "none");
  }

  @Test
  void a_device_s_bound_does_not_bind_uploads_without_a_device() {
    World small = new World(limits(9, 1, 9));
    value(
        small.clients.create(Registry.person(), RequestKey.NONE, task(file("a", 1), file("b", 1))));
  }

  @Test
  void finished_and_expired_uploads_make_room() {
    World small = new World(limits(1, 9, 9));
    Answer.TaskObject first = small.start();
    assertThat(code(small.clients.create(task(file("f", 1)))))
        .isEqualTo("quota.open_uploads_exceeded");
    value(small.clients.abort(first.sessionId()));
    small.start();
    small.advance(Duration.ofHours(24));
    small.start();
  }
}
