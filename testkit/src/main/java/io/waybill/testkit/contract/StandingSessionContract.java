package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Facts of a session that stays as it is are written only where it still is. */
public abstract class StandingSessionContract extends PortContract {

  @Test
  void facts_of_a_session_that_stands_leave_it_as_it_was() {
    Session.Uploading session = uploading();
    LifecycleEvent issued = Uploads.presigned(session, List.of(1), at(5), at(60));

    Set<UUID> written = apply(Transition.standing(session, Facts.of(issued)));

    assertThat(written).containsExactly(session.upload().sessionId());
    assertThat(find(session)).isEqualTo(session);
    assertThat(timeline(session)).contains(issued);
  }

  @Test
  void a_session_that_has_moved_on_leaves_no_facts_of_where_it_stood() {
    Session.Uploading session = uploading();
    LifecycleEvent issued = Uploads.presigned(session, List.of(1), at(5), at(60));
    Session.Paused paused = moved(session, session.pause("first", at(4)), UploadEvent.PAUSED);

    Set<UUID> written = apply(Transition.standing(session, Facts.of(issued)));

    assertThat(written).isEmpty();
    assertThat(find(session)).isEqualTo(paused);
    assertThat(timeline(session)).doesNotContain(issued);
  }

  private Set<UUID> apply(Transition standing) {
    return commit(tx -> tx.sessions().apply(List.of(standing)));
  }

  private List<LifecycleEvent> timeline(Session session) {
    return read(
        tx -> tx.timelines().page(world.tenantId(), session.upload().sessionId(), null, 100));
  }
}
