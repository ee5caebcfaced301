package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.DescribeAnswer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator sets holds, and {@code describe} tells it. */
class ConfiguredLimitsTest {

  private static final UUID POLICY = new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0077L);
  private static final Limits.SessionLife SHORT =
      new Limits.SessionLife(Duration.ofHours(2), Duration.ofHours(5));

  private final World world =
      new World(
          Limits.standard().with(SHORT).with(new Limits.Sizes(10 * MIB, 2048, 4096, 16_384, 5)));

  @Test
  void a_file_is_as_large_as_configured() {
    value(world.clients.create(Requests.task(file("f", 10 * MIB))));
    assertThat(errors(refusal(world.clients.create(Requests.task(file("f", 10 * MIB + 1))))))
        .containsExactly("upload.file_too_large: must be at most 10485760 bytes");
  }

  @Test
  void a_metadata_key_is_as_long_as_configured() {
    NewTask.File five = new NewTask.File(null, "f", 1, null, null, null, Map.of("plant", 1));
    NewTask.File six = new NewTask.File(null, "f", 1, null, null, null, Map.of("plants", 1));
    value(world.clients.create(Requests.task(five)));
    assertThat(errors(refusal(world.clients.create(Requests.task(six)))))
        .containsExactly("metadata.bad_key: keys must be 1 to 5 characters");
  }

  @Test
  void a_policy_that_says_nothing_leaves_the_life_of_a_session_to_the_installation() {
    assertThat(life(null, null)).isEqualTo(Duration.ofHours(2));
    assertThat(life(null, Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_policy_cannot_let_a_session_live_longer_than_the_installation_does() {
    assertThat(life(Duration.ofHours(3), Duration.ofHours(4))).isEqualTo(Duration.ofHours(3));
    assertThat(life(Duration.ofHours(24), Duration.ofDays(30))).isEqualTo(Duration.ofHours(5));
  }

  @Test
  void extend_and_retry_stay_within_what_is_configured() {
    UUID session = start(null, null);
    long left = Duration.ofHours(3).toSeconds();
    assertThat(errors(refusal(world.clients.extend(session, left + 1))).getFirst())
        .startsWith("upload.lifetime_exceeded: must be 1 to " + left);
    value(world.clients.extend(session, left));
    value(world.clients.abort(session));
    UUID again = value(world.clients.retry(session, RequestKey.of("k"))).sessionId();
    assertThat(lifeOf(again)).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void describe_tells_what_is_configured() {
    DescribeAnswer.LimitsAnswer told =
        value(world.use.describe().handle(Registry.robot17())).limits();
    assertThat(told.maxFileSizeBytes()).isEqualTo(10 * MIB);
    assertThat(told.maxHttpBodyBytes()).isEqualTo(2048);
    assertThat(told.maxMqttPayloadBytes()).isEqualTo(4096);
    assertThat(told.maxMetadataKeyChars()).isEqualTo(5);
    assertThat(told.defaultSessionLifeSeconds()).isEqualTo(7200);
    assertThat(told.maxSessionLifeSeconds()).isEqualTo(18_000);
  }

  private Duration life(@Nullable Duration own, @Nullable Duration longest) {
    return lifeOf(start(own, longest));
  }

  private Duration lifeOf(UUID session) {
    var upload = world.stored(session).upload();
    return Duration.between(upload.createdAt(), upload.expiresAt());
  }

  private UUID start(@Nullable Duration own, @Nullable Duration longest) {
    StoragePolicy usual = Registry.policy();
    world.database.addPolicy(
        Registry.TENANT,
        new StoragePolicy(
            POLICY,
            usual.endpointRef(),
            usual.bucket(),
            usual.defaultPartSizeBytes(),
            usual.urlLife(),
            own,
            longest,
            usual.contentTypes(),
            false));
    NewTask request =
        new NewTask(
            Registry.PROJECT,
            null,
            "api",
            Registry.ROBOT_17,
            null,
            POLICY,
            List.of(file("f", 1)),
            Map.of(),
            null);
    return value(world.clients.create(Registry.person(), RequestKey.NONE, request))
        .objects()
        .getFirst()
        .sessionId();
  }

  private static List<String> errors(Refusal refusal) {
    return ((List<?>) refusal.details().getOrDefault("errors", List.of()))
        .stream()
            .map(FieldError.class::cast)
            .map(error -> error.code() + ": " + error.message())
            .toList();
  }
}
