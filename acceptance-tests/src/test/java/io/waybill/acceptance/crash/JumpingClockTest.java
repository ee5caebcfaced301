package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.delivery.usecase.RelayEvents;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.usecase.ExtendUpload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process's clock jumps by an hour, beside others on the same PostgreSQL and the same store:
 * things happen early, late or twice, and nothing is lost.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JumpingClockTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String STATUS =
      "select status::text from upload_sessions where id = ?::uuid";
  private static final String KEY = "select object_key from upload_sessions where id = ?::uuid";

  private Bench bench;
  private Parts parts;

  @BeforeAll
  void open(@TempDir Path folder) {
    bench = new Bench(folder);
    parts = new Parts(bench.site().configuration());
  }

  @AfterAll
  void close() {
    parts.close();
    bench.close();
  }

  @Test
  void a_worker_an_hour_ahead_expires_early_and_drops_nothing_that_its_device_still_wants() {
    Victim victim = bench.stage(Scenario.COMPLETE, 0);
    bench
        .site()
        .database()
        .change(
            """
            update upload_sessions set expires_at = now() + interval '30 minutes',
              due_at = now() + interval '30 minutes' where id = ?\
            """,
            victim.sessionId());

    bench.redriveAll(HOUR);
    assertThat(one(STATUS, victim)).isEqualTo("EXPIRED");
    bench.redriveAll(HOUR);
    bench.redriveAll(Duration.ZERO);
    bench.redriveAll(HOUR.negated());
    assertThat(bench.store().hasRemainsOf(one(KEY, victim))).as("its parts are there").isTrue();

    UseCases right = parts.use(Duration.ZERO);
    Scenario.value(
        right
            .uploads()
            .extendUpload()
            .handle(
                Scenario.caller(right, victim),
                RequestKey.NONE,
                new ExtendUpload.Request(victim.sessionId(), 3600, "its end came early")));
    Scenario.value(bench.call(victim, Duration.ZERO));
    assertThat(one(STATUS, victim)).isEqualTo("COMPLETED");
    assertThat(bench.store().object(one(KEY, victim))).isEqualTo(victim.bytes());
  }

  @Test
  void what_one_an_hour_ahead_held_when_it_died_is_told_an_hour_later_and_before_what_follows() {
    UUID upload = bench.stage(Scenario.COMPLETE, 0).sessionId();
    Ear dying = new Ear("ahead", true);
    assertThatThrownBy(() -> relay(dying, HOUR)).isInstanceOf(Halted.class);

    Ear ear = new Ear("ahead", false);
    relay(ear, Duration.ZERO);
    assertThat(ear.heardOf(upload)).as("the first is held, the next ones wait for it").isEmpty();
    relay(ear, HOUR.plus(Duration.ofMinutes(2)));
    assertThat(ear.heardOf(upload)).isEqualTo(written(upload));
  }

  @Test
  void one_an_hour_behind_tells_everything_in_order_and_leaves_nothing_that_is_not_due() {
    UUID upload = bench.stage(Scenario.COMPLETE, 0).sessionId();
    Ear dying = new Ear("behind", true);
    assertThatThrownBy(() -> relay(dying, HOUR.negated())).isInstanceOf(Halted.class);

    Ear ear = new Ear("behind", false);
    relay(ear, Duration.ZERO);
    assertThat(ear.heardOf(upload)).isEqualTo(written(upload));

    UUID later = bench.stage(Scenario.COMPLETE, 0).sessionId();
    relay(ear, HOUR.negated());
    assertThat(ear.heardOf(later)).isEqualTo(written(later));
  }

  private String one(String sql, Victim victim) {
    return bench.site().database().texts(sql, victim.sessionId().toString()).getFirst();
  }

  private List<Long> written(UUID upload) {
    return bench
        .site()
        .database()
        .texts(
            "select sequence from outbox_events where aggregate_id = ? and type in ("
                + "'upload.initiated', 'upload.started') order by 1",
            upload)
        .stream()
        .map(Long::parseLong)
        .toList();
  }

  /** Until there is no more to tell. */
  private void relay(Ear ear, Duration clockOffset) {
    RelayEvents relay = parts.use(clockOffset).deliveries().relayTo().apply(ear);
    RelayEvents.Round round;
    do {
      round = relay.handle();
    } while (round.more() || round.isHeldBack());
  }

  /** The end of a process, as far as one thread can tell. */
  private static final class Halted extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A sink that hears of uploads, or dies while it is told. */
  private record Ear(String name, boolean isDying, List<OutboxEvent> heard) implements Sink {

    Ear(String name, boolean isDying) {
      this(name, isDying, new ArrayList<>());
    }

    @Override
    public Interest interest() {
      return new OfTypes(Set.of("upload.initiated", "upload.started"), false);
    }

    @Override
    public List<Outcome> tell(List<Delivery> batch) {
      if (isDying) {
        throw new Halted();
      }
      batch.forEach(one -> heard.add(one.event()));
      return batch.stream().<Outcome>map(one -> new Delivered()).toList();
    }

    List<Long> heardOf(UUID aggregate) {
      return heard.stream()
          .filter(event -> event.aggregateId().equals(aggregate))
          .map(OutboxEvent::sequence)
          .toList();
    }
  }
}
