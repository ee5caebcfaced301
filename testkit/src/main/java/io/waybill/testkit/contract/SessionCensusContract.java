package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.UploadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.SessionCensus}. Other worlds may be counted, too. */
public abstract class SessionCensusContract extends PortContract {
  private static final int ALL = 100_000;

  @Test
  void what_is_under_way_is_counted_where_it_is() {
    Map<SessionStatus, Integer> before = count(ALL);

    created(3);
    uploading();

    assertThat(more(before, SessionStatus.INITIATING)).isEqualTo(3);
    assertThat(more(before, SessionStatus.INITIATED)).isZero();
    assertThat(more(before, SessionStatus.UPLOADING)).isEqualTo(1);
  }

  @Test
  void what_has_ended_is_not_read() {
    Map<SessionStatus, Integer> before = count(ALL);

    Session.Uploading uploading = uploading();
    Session.Aborting aborting =
        moved(uploading, uploading.abort("enough", at(3)), UploadEvent.ABORT_REQUESTED);
    assertThat(more(before, SessionStatus.ABORTING)).isEqualTo(1);
    moved(aborting, aborting.confirm(null, at(4)), UploadEvent.ABORTED);

    assertThat(count(ALL)).isEqualTo(before);
  }

  @Test
  void no_more_are_read_than_asked_for() {
    created(3);

    assertThat(count(2).values())
        .satisfies(
            some -> assertThat(some.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2));
  }

  @Test
  void what_does_not_get_on_is_counted_by_what_it_is() {
    Instant now = T0.plus(Duration.ofDays(1));
    Map<StandingStill, Integer> before = still(now, now);
    created(2);
    Session.Uploading uploading = uploading();
    Session.Uploading other = uploading();
    moved(uploading, uploading.abort("enough", at(3)), UploadEvent.ABORT_REQUESTED);
    moved(other, other.complete(at(60), at(3)), UploadEvent.COMPLETE_REQUESTED);
    uploading();

    Map<StandingStill, Integer> after = still(now, now);
    assertThat(after.get(StandingStill.INITIATING))
        .isEqualTo(before.getOrDefault(StandingStill.INITIATING, 0) + 2);
    for (StandingStill kind :
        List.of(StandingStill.ABORTING, StandingStill.COMPLETING, StandingStill.NEAR_PURGE)) {
      assertThat(after.get(kind)).as("%s", kind).isEqualTo(before.getOrDefault(kind, 0) + 1);
    }
    assertThat(still(T0.minusSeconds(1), T0.minusSeconds(1))).isEmpty();
  }

  private Map<StandingStill, Integer> still(Instant since, Instant madeBefore) {
    return read(tx -> tx.census().standingStill(since, madeBefore, ALL));
  }

  private int more(Map<SessionStatus, Integer> before, SessionStatus status) {
    return count(ALL).getOrDefault(status, 0) - before.getOrDefault(status, 0);
  }

  private Map<SessionStatus, Integer> count(int most) {
    return read(tx -> tx.census().unfinished(most));
  }
}
