package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore.Observed;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@link io.waybill.core.upload.TimelineStore}, and what {@link io.waybill.core.event.EventStore}
 * wrote.
 */
public abstract class TimelineStoreContract extends PortContract {

  @Test
  void a_timeline_is_oldest_first_and_goes_on_after_an_event() {
    Session.Initiating session = initiating();
    LifecycleEvent presigned = Uploads.presigned(session, List.of(3, 1, 2), at(5), at(905));
    Facts paused = Uploads.facts(session, UploadEvent.PAUSED, at(6));
    append(Facts.of(presigned));
    append(paused);

    List<LifecycleEvent> whole = timeline(session, null, 10);

    assertThat(whole).hasSize(3);
    assertThat(whole.getFirst().type()).isEqualTo(UploadEvent.TASK_CREATED);
    assertThat(whole.get(1)).isEqualTo(presigned);
    assertThat(whole.getLast()).isEqualTo(paused.timeline(LifecycleEvent.class).getFirst());
    assertThat(timeline(session, whole.getFirst().eventId(), 1)).containsExactly(presigned);
  }

  @Test
  void a_timeline_is_of_one_session_and_one_tenant() {
    Session.Initiating session = initiating();
    initiating();
    UUID id = session.upload().sessionId();

    List<LifecycleEvent> theirs =
        read(tx -> tx.timelines().page(world.otherTenantId(), id, null, 10));

    assertThat(timeline(session, null, 10)).hasSize(1);
    assertThat(theirs).isEmpty();
  }

  @Test
  void facts_of_a_transaction_are_told_once_after_its_commit() {
    Session.Initiating session = initiating();
    Facts first = Uploads.facts(session, UploadEvent.PAUSED, at(1));
    Facts second = Uploads.facts(session, UploadEvent.RESUMED, at(2));
    told().clear();

    commit(tx -> {
      tx.events().append(first);
      tx.events().append(second);
      assertThat(told()).isEmpty();
      return session;
    });

    assertThat(told()).containsExactly(first.and(second));
  }

  @Test
  void the_last_url_end_is_the_latest_of_all_issued() {
    Session.Initiating session = initiating();
    assertThat(lastUrlEnd(session)).isEmpty();

    append(Facts.of(Uploads.presigned(session, List.of(1), at(5), at(9_000))));
    append(Facts.of(Uploads.presigned(session, List.of(2), at(6), at(906))));

    assertThat(lastUrlEnd(session)).contains(at(9_000));
  }

  @Test
  void signs_are_the_newest_event_of_each_kind_the_newest_first() {
    Session.Initiated session = initiated();
    append(Facts.of(Uploads.presigned(session, List.of(1), at(5), at(905))));
    append(Facts.of(Uploads.presigned(session, List.of(2), at(6), at(906))));
    append(Uploads.facts(session, UploadEvent.PAUSED, at(7)));

    Signs signs = signs(session);

    assertThat(signs.traces())
        .extracting(Signs.Trace::type)
        .containsExactly(
            "upload.paused", "upload.presign_issued", "upload.initiated", "upload.task_created");
    assertThat(signs.traces().get(1))
        .returns(at(6), Signs.Trace::at)
        .returns(at(906), Signs.Trace::until);
    assertThat(signs.traces().getFirst().actor()).isNotBlank();
    assertThat(observed(session)).isEqualTo(signs);
  }

  @Test
  void signs_of_what_is_not_asked_anything_any_more_have_no_events() {
    Session.Initiating session = initiating();

    assertThat(signs(session).traces()).isEmpty();
    assertThat(observed(session)).isEqualTo(signs(session));
    Map<UUID, Signs> theirs =
        read(tx -> tx.timelines().signs(world.otherTenantId(), Set.of(idOf(session))));
    assertThat(theirs).isEmpty();
  }

  @Test
  void what_is_seen_of_a_dataset_is_its_upload() {
    Session.Initiated session = initiated();
    initiated();
    UUID dataset = session.upload().owner().datasetId();

    Optional<Observed> seen = read(tx -> tx.sessions().ofDataset(world.tenantId(), dataset));
    Optional<Observed> theirs = read(tx -> tx.sessions().ofDataset(world.otherTenantId(), dataset));

    assertThat(seen).map(one -> one.progress().session()).contains(session);
    assertThat(seen).map(Observed::signs).contains(signs(session));
    assertThat(theirs).isEmpty();
  }

  private static UUID idOf(Session session) {
    return session.upload().sessionId();
  }

  private Signs signs(Session session) {
    UUID id = idOf(session);
    return read(tx -> tx.timelines().signs(world.tenantId(), Set.of(id, UUID.randomUUID())))
        .getOrDefault(id, Signs.NONE);
  }

  private Signs observed(Session session) {
    return read(tx -> tx.sessions().progress(world.tenantId(), idOf(session)))
        .orElseThrow()
        .signs();
  }

  private Optional<Instant> lastUrlEnd(Session session) {
    return read(tx -> tx.timelines().lastUrlEnd(session.upload().sessionId()));
  }

  private void append(Facts facts) {
    commit(tx -> {
      tx.events().append(facts);
      return facts;
    });
  }

  private List<LifecycleEvent> timeline(Session session, @Nullable UUID after, int limit) {
    UUID id = session.upload().sessionId();
    return read(tx -> tx.timelines().page(world.tenantId(), id, after, limit));
  }
}
