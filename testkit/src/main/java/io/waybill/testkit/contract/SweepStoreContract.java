package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.Session;
import io.waybill.core.upload.SweepStore.Recorded;
import io.waybill.core.upload.SweepStore.Walk;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.SweepStore}. */
public abstract class SweepStoreContract extends PortContract {
  private static final Instant NOW = World.BEGINNING;
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));

  private final Walk walk = new Walk("default", "b-" + UUID.randomUUID(), "KEYS");

  @Test
  void a_walk_begins_at_its_beginning_and_is_one_caller_s_until_the_claim_ends() {
    assertThat(claim(NOW, LATER)).contains("");
    assertThat(claim(NOW, LATER)).isEmpty();
    assertThat(claim(LATER, LATER.plusSeconds(1))).contains("");
  }

  @Test
  void it_goes_on_where_the_last_step_ended_when_it_is_due() {
    claim(NOW, LATER);
    boolean saved = read(tx -> tx.sweeps().save(walk, LATER, "here", NOW.plusSeconds(60)));

    assertThat(saved).isTrue();
    assertThat(claim(NOW.plusSeconds(59), LATER)).isEmpty();
    assertThat(claim(NOW.plusSeconds(60), LATER)).contains("here");
  }

  @Test
  void whoever_lost_the_claim_writes_nothing() {
    claim(NOW, LATER);
    claim(LATER, LATER.plusSeconds(9));
    boolean saved = read(tx -> tx.sweeps().save(walk, LATER, "too late", NOW));

    assertThat(saved).isFalse();
    assertThat(claim(LATER.plusSeconds(9), LATER.plusSeconds(99))).contains("");
  }

  @Test
  void sessions_are_recorded_in_the_order_of_their_ids_and_carry_their_uploads() {
    NewTask task = created(2);
    List<Upload> uploads =
        task.sessions().stream()
            .map(session -> session.upload())
            .sorted(Comparator.comparing(Upload::sessionId))
            .toList();
    UUID first = uploads.getFirst().sessionId();
    UUID last = uploads.getLast().sessionId();

    List<Recorded> between = read(tx -> tx.sweeps().recorded(first, after(last), 1));
    assertThat(between).containsExactly(new Recorded(last, uploads.getLast().location()));
    List<Recorded> none = read(tx -> tx.sweeps().recorded(first, last, 10));
    assertThat(none).isEmpty();
    Set<UUID> ours = read(tx -> tx.sweeps().ours(List.of(UUID.randomUUID(), world.tenantId())));
    assertThat(ours).containsExactly(world.tenantId());
  }

  @Test
  void a_session_carries_the_upload_that_was_stored_in_it() {
    UUID without = initiating().upload().sessionId();
    Session.Uploading with = uploading();

    Set<String> carried =
        read(tx ->
            tx.sweeps().carried(List.of(without, with.upload().sessionId(), UUID.randomUUID())));
    assertThat(carried).containsExactly(with.uploadId());
  }

  private static UUID after(UUID id) {
    return new UUID(id.getMostSignificantBits() + 1, id.getLeastSignificantBits());
  }

  private Optional<String> claim(Instant now, Instant until) {
    return commit(tx -> tx.sweeps().claim(walk, now, until));
  }
}
