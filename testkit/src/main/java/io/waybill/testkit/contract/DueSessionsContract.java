package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link io.waybill.core.upload.SessionClaims} promises to those who work on sessions. */
public abstract class DueSessionsContract extends PortContract {

  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  @Test
  void a_lease_is_renewed_by_its_own_attempt_only() {
    Session.Uploading uploading = uploading();
    Session.Completing completing =
        moved(uploading, uploading.complete(at(33), at(3)), UploadEvent.COMPLETE_REQUESTED);
    UUID id = completing.upload().sessionId();

    assertThat(renew(id, 1, at(60))).isTrue();
    assertThat(renew(id, 2, at(90))).isFalse();

    Session.Completing renewed = (Session.Completing) find(completing);
    assertThat(renewed.lease().until()).isEqualTo(at(60));
    assertThat(renewed.upload().version()).isEqualTo(completing.upload().version());
    moved(completing, completing.confirm(OBJECT, null, at(61)), UploadEvent.COMPLETED);
    assertThat(renew(id, 1, at(99))).isFalse();
  }

  private boolean renew(UUID sessionId, int attempt, Instant until) {
    return read(tx -> tx.claims().renew(sessionId, attempt, until));
  }

  @Test
  void due_sessions_are_claimed_oldest_first_and_once() {
    Session.Initiating later = initiating();
    Session.Uploading uploading = uploading();
    Session.Completing earlier =
        moved(uploading, uploading.complete(at(10), at(3)), UploadEvent.COMPLETE_REQUESTED);
    initiated(); // due when it expires, tomorrow

    assertThat(claim(at(5), at(65))).isEmpty();
    assertThat(claim(at(31), at(91))).containsExactly(idOf(earlier), idOf(later));
    assertThat(claim(at(32), at(92))).isEmpty();
    assertThat(claim(at(91), at(151))).containsExactlyInAnyOrder(idOf(earlier), idOf(later));
    assertThat(find(later)).isEqualTo(later);
  }

  @Test
  void an_outcome_ends_the_claim() {
    Session.Initiating initiating = initiating();
    assertThat(claim(at(31), at(9_999))).containsExactly(idOf(initiating));
    Session.Aborting aborting =
        moved(initiating, initiating.abort("stuck", at(32)), UploadEvent.ABORT_REQUESTED);

    assertThat(claim(at(33), at(9_999))).containsExactly(idOf(aborting));
  }

  @Test
  void a_claim_is_kept_until_its_session_moves() {
    Session.Initiating initiating = initiating();
    assertThat(keep(initiating, at(99))).as("nobody has claimed it").isFalse();
    assertThat(claim(at(31), at(91))).containsExactly(idOf(initiating));
    assertThat(keep(initiating, at(151))).isTrue();
    assertThat(claim(at(150), at(200))).isEmpty();
    assertThat(find(initiating)).isEqualTo(initiating);

    Session.Aborting aborting =
        moved(initiating, initiating.abort("stuck", at(32)), UploadEvent.ABORT_REQUESTED);
    assertThat(keep(initiating, at(200))).isFalse();
    assertThat(keep(aborting, at(200))).as("the outcome has ended the claim").isFalse();
  }

  private boolean keep(Session session, Instant until) {
    long version = session.upload().version();
    return read(tx -> tx.claims().keep(idOf(session), version, until));
  }

  private List<UUID> claim(Instant now, Instant until) {
    Set<UUID> mine = mine();
    List<Session> claimed = read(tx -> tx.claims().due(now, until, 1000));
    return claimed.stream().map(DueSessionsContract::idOf).filter(mine::contains).toList();
  }

  /** Claims are of all tenants: other worlds may be there. */
  private Set<UUID> mine() {
    return told().stream()
        .flatMap(facts -> facts.timeline(LifecycleEvent.class).stream())
        .map(LifecycleEvent::sessionId)
        .collect(Collectors.toSet());
  }

  private static UUID idOf(Session session) {
    return session.upload().sessionId();
  }

  @Test
  void a_claim_takes_no_more_than_its_limit() {
    Stream.of(1, 2, 3).forEach(n -> initiating());

    List<Session> claimed = read(tx -> tx.claims().due(at(31), at(91), 2));
    assertThat(claimed).hasSize(2);
  }
}
