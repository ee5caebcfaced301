package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.PresignAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request that does not say how long its URLs shall live gets what the storage policy says. */
class PolicyUrlLifeTest {

  private static final RequestKey KEY = RequestKey.of("k");

  private final World world = new World();

  PolicyUrlLifeTest() {
    StoragePolicy usual = Registry.policy();
    world.database.addPolicy(
        Registry.TENANT,
        new StoragePolicy(
            usual.storagePolicyId(),
            usual.endpointRef(),
            usual.bucket(),
            usual.defaultPartSizeBytes(),
            Duration.ofMinutes(2),
            usual.sessionLife(),
            usual.maxSessionLife(),
            Set.of(),
            false));
  }

  private Answer.TaskObject create(NewTask.@Nullable Presign wish) {
    NewTask request =
        new NewTask(
            Registry.PROJECT,
            null,
            "api",
            null,
            null,
            null,
            List.of(file("a", 150 * MIB)),
            Map.of(),
            wish);
    return value(world.clients.create(Registry.robot17(), KEY, request)).objects().getFirst();
  }

  private static long secondsOf(@Nullable PresignAnswer urls) {
    return switch (Objects.requireNonNull(urls)) {
      case PresignAnswer.Full full -> full.expiresInSeconds();
      case PresignAnswer.Compact compact -> compact.expiresInSeconds();
    };
  }

  @Test
  void a_presign_without_a_wish() {
    UUID session = create(null).sessionId();
    assertThat(secondsOf(value(world.clients.presign(session, 1)))).isEqualTo(120);
  }

  @Test
  void a_presign_with_a_wish() {
    UUID session = create(null).sessionId();
    PresignParts.Request request =
        new PresignParts.Request(session, List.of(1), 600, false, Map.of(), AnswerLimit.NONE);
    assertThat(secondsOf(value(world.use.presignParts().handle(Registry.robot17(), request))))
        .isEqualTo(600);
  }

  @Test
  void the_first_urls_of_a_create_and_those_of_its_replay() {
    NewTask.Presign wish = new NewTask.Presign(2, null, false);
    assertThat(secondsOf(create(wish).presigned())).isEqualTo(120);
    assertThat(secondsOf(create(wish).presigned())).isEqualTo(120);
  }

  @Test
  void the_usual_policy_says_fifteen_minutes() {
    World usual = new World();
    UUID session = usual.start().sessionId();
    PresignAnswer urls =
        value(usual.use.presignParts().handle(Registry.robot17(), Requests.presign(session, 1)));
    assertThat(secondsOf(urls)).isEqualTo(900);
  }
}
