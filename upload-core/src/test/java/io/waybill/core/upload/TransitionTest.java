package io.waybill.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.event.Facts;
import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a move of a session may look like. */
class TransitionTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Session.Uploading UPLOADING = new Session.Uploading(upload(), "upload-1");

  @Test
  void a_move_raises_the_version() {
    Session.Paused paused = UPLOADING.pause("a test", T0);
    Transition move = new Transition(UPLOADING, paused, Facts.NONE);

    assertThat(move.after().upload().version()).isGreaterThan(move.before().upload().version());
    assertThatThrownBy(() -> new Transition(paused, UPLOADING, Facts.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_session_with_an_equal_version_is_the_same_one() {
    Session other = new Session.Uploading(upload(), "upload-2");

    assertThatThrownBy(() -> new Transition(UPLOADING, other, Facts.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void that_nothing_is_left_to_do_is_no_version_and_is_told_to_nobody() {
    Session.Aborted aborted =
        new Session.Aborted(upload(), "upload-1", "a test", T0, T0.plusSeconds(60));

    assertThat(new Transition(aborted, aborted.swept(), Facts.NONE).after().dueAt()).isEmpty();
    assertThatThrownBy(() -> new Transition(aborted.swept(), aborted, Facts.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_session_that_stands_is_guarded_by_its_version_like_one_that_moves() {
    Transition standing = Transition.standing(UPLOADING, Facts.NONE);

    assertThat(standing.before()).isEqualTo(UPLOADING);
    assertThat(standing.after()).isEqualTo(UPLOADING);
  }

  private static Upload upload() {
    UUID id = new UUID(0, 1);
    return new Upload(
        id,
        new Owner(id, id, id, id, id, null),
        new ObjectLocation("default", "robot-data", "key"),
        new PartPlan(1L << 20, 5L << 20),
        "run.mcap",
        "application/octet-stream",
        T0,
        T0,
        T0.plusSeconds(60),
        0,
        1,
        null);
  }
}
