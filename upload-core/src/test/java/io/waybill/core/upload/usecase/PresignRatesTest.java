package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.app.Stores;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.RateStanding;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PresignRatesTest {

  private static final Limits.Rates RATES = new Limits.Rates(30, 20);

  private final World world = new World(Limits.standard().with(RATES));
  private final AtomicInteger questions = new AtomicInteger();
  private final PresignRates here = new PresignRates(counting(), RATES);
  private final PresignRates there = new PresignRates(world.ports, RATES);
  private final Identity robot = Registry.robot17().identity();

  @Test
  void a_device_may_ask_so_often_wherever_it_asks_and_again_as_time_passes() {
    for (int i = 0; i < 10; i++) {
      assertThat(value(here.take(robot))).isEqualTo(robot);
      assertThat(value(there.take(robot))).isEqualTo(robot);
    }

    Refusal refusal = refusal(here.take(robot));
    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
    assertThat(refusal.details()).containsEntry("scope", "device").containsEntry("limit", 20);
    assertThat(refusal.retryAfterSeconds()).isEqualTo(3);

    world.advance(Duration.ofSeconds(refusal.retryAfterSeconds()));
    assertThat(value(there.take(robot))).isEqualTo(robot);
    assertThat(refusal(there.take(robot)).code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
  }

  @Test
  void a_tenant_may_ask_so_often_with_all_of_its_devices() {
    Identity other = Registry.robot18().identity();
    assertThat(granted(here, robot, 100)).isEqualTo(20);
    assertThat(granted(here, other, 100)).isEqualTo(10);

    assertThat(refusal(here.take(other)).details()).containsEntry("scope", "tenant");
    Identity stranger =
        Registry.device(
            Registry.OTHER_TENANT, Registry.OTHER_ROBOT, "robot-17", Registry.OTHER_PROJECT);
    assertThat(value(here.take(stranger))).isEqualTo(stranger);
  }

  @Test
  void what_the_tenant_lacks_is_not_taken_from_the_device() {
    assertThat(granted(here, Registry.person().identity(), 100)).isEqualTo(30);
    assertThat(granted(here, robot, 5)).isZero();

    world.advance(Duration.ofMinutes(1));

    assertThat(granted(here, robot, 100)).isEqualTo(20);
  }

  @Test
  void what_was_taken_in_advance_and_not_used_is_lost_after_a_minute() {
    assertThat(granted(here, robot, 1)).isEqualTo(1);
    world.advance(Duration.ofMinutes(3));

    assertThat(granted(here, robot, 100)).isEqualTo(20);
  }

  @Test
  void who_asks_far_too_often_is_refused_without_a_question_to_the_database() {
    assertThat(granted(here, robot, 20)).isEqualTo(20);
    assertThat(granted(here, robot, 1)).isZero();
    questions.set(0);

    assertThat(granted(here, robot, 100)).isZero();

    assertThat(questions).hasValue(0);
  }

  @Test
  void a_caller_is_told_how_it_stands() {
    assertThat(here.of(robot))
        .containsExactly(
            new RateStanding("device", 20, 20, 0), new RateStanding("tenant", 30, 30, 0));

    assertThat(granted(here, robot, 5)).isEqualTo(5);

    assertThat(here.of(robot))
        .containsExactly(
            new RateStanding("device", 20, 15, 15), new RateStanding("tenant", 30, 25, 10));
    assertThat(here.of(Registry.person().identity()))
        .containsExactly(new RateStanding("tenant", 30, 25, 10));
  }

  @Test
  void requests_for_urls_are_counted_and_nothing_else() {
    UUID session = world.start().sessionId();
    for (int i = 0; i < 20; i++) {
      assertThat(value(world.clients.presign(session, 1, 2)).sessionId()).isEqualTo(session);
      assertThat(value(world.clients.get(session)).sessionId()).isEqualTo(session);
    }

    assertThat(refusal(world.clients.presign(session, 1)).code())
        .isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
  }

  @Test
  void a_create_that_wants_urls_is_counted_too_the_first_as_the_repeated_one() {
    NewTask wish = task(new NewTask.Presign(1, null, false), file("a.mcap", 1));
    for (int i = 0; i < 20; i++) {
      value(world.clients.create(Registry.robot17(), RequestKey.of("first"), wish));
    }

    for (String key : List.of("first", "second")) {
      assertThat(refusal(world.clients.create(Registry.robot17(), RequestKey.of(key), wish)).code())
          .isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
    }
    assertThat(world.storage.openUploads()).hasSize(1);
    value(world.clients.create(task(file("b.mcap", 1))));
  }

  /** The world's ports, counting what is asked of the database. */
  private Ports<Stores> counting() {
    Work<Stores> counted =
        new Work<>() {
          @Override
          public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
            return world.work.write(work);
          }

          @Override
          public <T> T read(Function<? super Stores, T> work) {
            questions.incrementAndGet();
            return world.work.read(work);
          }
        };
    Ports<Stores> real = world.ports;
    return new Ports<>(
        counted, real.store(), real.signer(), real.ids(), real.time(), real.heartbeat());
  }

  private static int granted(PresignRates rates, Identity caller, int times) {
    int granted = 0;
    for (int i = 0; i < times; i++) {
      granted += rates.take(caller) instanceof Verdict.Ok<Identity> ? 1 : 0;
    }
    return granted;
  }
}
