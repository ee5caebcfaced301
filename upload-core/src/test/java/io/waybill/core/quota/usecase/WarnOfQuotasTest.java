package io.waybill.core.quota.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant that fills up is told of it at 80 and at 95 percent, once each time. */
class WarnOfQuotasTest {

  private static final long SIZE = 150 * World.MIB; // what start() asks for

  private final World world = new World(Limits.standard().with(new Limits.Quotas(5 * SIZE)));

  @Test
  void each_level_is_told_once_and_again_after_it_was_left() {
    List<UUID> started = start(3);
    assertThat(warn()).as("60 percent").isEmpty();

    started.addAll(start(1));
    assertThat(warn()).as("80 percent").containsExactly("80 percent, number 1");
    assertThat(warn()).as("told already").isEmpty();

    started.addAll(start(1));
    assertThat(warn()).as("100 percent").containsExactly("95 percent, number 2");

    abort(started.removeLast());
    assertThat(warn()).as("80 percent, from above").isEmpty();
    started.addAll(start(1));
    assertThat(warn()).as("above 95 again").containsExactly("95 percent, number 3");

    abort(started.removeLast());
    abort(started.removeLast());
    assertThat(warn()).as("60 percent").isEmpty();
    start(2);
    assertThat(warn()).as("from 60 to 100").containsExactly("95 percent, number 4");
  }

  @Test
  void a_warning_says_whose_bound_it_is_and_what_is_taken_of_it() {
    start(4);
    world.all.quotas().warnOfQuotas().handle();

    OutboxEvent warning = world.database.facts().outbox().getLast();
    assertThat(warning.type()).isEqualTo("quota.warning");
    assertThat(warning.tenantId()).isEqualTo(Registry.TENANT);
    assertThat(warning.aggregateType()).isEqualTo("tenant");
    assertThat(warning.aggregateId()).isEqualTo(Registry.TENANT);
    assertThat(warning.payload())
        .isEqualTo(
            Map.of(
                "scope",
                "tenant",
                "percent",
                80,
                "used_bytes",
                0L,
                "reserved_bytes",
                4 * SIZE,
                "max_bytes",
                5 * SIZE));
  }

  private List<UUID> start(int uploads) {
    List<UUID> started = new ArrayList<>();
    for (int i = 0; i < uploads; i++) {
      Answer.TaskObject object = world.start();
      started.add(object.sessionId());
    }
    return started;
  }

  private void abort(UUID session) {
    value(world.clients.abort(session));
  }

  private List<String> warn() {
    int before = world.database.facts().outbox().size();
    int said = world.all.quotas().warnOfQuotas().handle();
    List<OutboxEvent> told =
        world.database.facts().outbox().subList(before, world.database.facts().outbox().size());
    assertThat(told).hasSize(said);
    return told.stream()
        .map(event -> event.payload().get("percent") + " percent, number " + event.sequence())
        .toList();
  }
}
