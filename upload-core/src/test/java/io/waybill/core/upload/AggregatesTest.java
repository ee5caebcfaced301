package io.waybill.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.DatasetStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an object, a task and a dataset are, is a function of their sessions. */
class AggregatesTest {

  @Test
  void an_object_is_where_its_session_is() {
    Map<SessionStatus, ObjectStatus> said = new EnumMap<>(SessionStatus.class);
    for (SessionStatus session : SessionStatus.values()) {
      said.put(session, ObjectStatus.of(session));
    }
    assertThat(said)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                SessionStatus.INITIATING, ObjectStatus.PENDING,
                SessionStatus.INITIATED, ObjectStatus.PENDING,
                SessionStatus.UPLOADING, ObjectStatus.UPLOADING,
                SessionStatus.PAUSED, ObjectStatus.PAUSED,
                SessionStatus.COMPLETING, ObjectStatus.COMPLETING,
                SessionStatus.COMPLETED, ObjectStatus.COMPLETED,
                SessionStatus.ABORTING, ObjectStatus.CANCELLED,
                SessionStatus.ABORTED, ObjectStatus.CANCELLED,
                SessionStatus.EXPIRED, ObjectStatus.FAILED,
                SessionStatus.FAILED, ObjectStatus.FAILED));
  }

  @Test
  void a_task_is_the_first_rule_that_matches_for_every_combination_of_objects() {
    for (List<ObjectStatus> objects : combinations()) {
      assertThat(TaskStatus.of(objects)).as("%s", objects).isEqualTo(byTheBook(objects));
    }
  }

  /** The rules as the contract words them, in its order. */
  private static TaskStatus byTheBook(List<ObjectStatus> objects) {
    if (any(objects, ObjectStatus.UPLOADING) || any(objects, ObjectStatus.COMPLETING)) {
      return TaskStatus.PROCESSING;
    }
    if (any(objects, ObjectStatus.PAUSED)) {
      return TaskStatus.PAUSED;
    }
    if (any(objects, ObjectStatus.PENDING)) {
      boolean somethingHasFinished =
          any(objects, ObjectStatus.COMPLETED)
              || any(objects, ObjectStatus.SKIPPED_INSTANT_UPLOAD)
              || any(objects, ObjectStatus.FAILED)
              || any(objects, ObjectStatus.CANCELLED);
      return somethingHasFinished ? TaskStatus.PROCESSING : TaskStatus.PENDING;
    }
    if (any(objects, ObjectStatus.FAILED)) {
      return TaskStatus.FAILED;
    }
    boolean allCancelled = objects.stream().allMatch(o -> o == ObjectStatus.CANCELLED);
    return allCancelled ? TaskStatus.CANCELLED : TaskStatus.COMPLETED;
  }

  private static boolean any(List<ObjectStatus> objects, ObjectStatus status) {
    return objects.contains(status);
  }

  /** Every set of statuses that a task's objects can have; how many have each does not matter. */
  private static List<List<ObjectStatus>> combinations() {
    ObjectStatus[] all = ObjectStatus.values();
    List<List<ObjectStatus>> combinations = new ArrayList<>();
    for (int set = 1; set < 1 << all.length; set++) {
      List<ObjectStatus> some = new ArrayList<>();
      for (int i = 0; i < all.length; i++) {
        if ((set & 1 << i) != 0) {
          some.add(all[i]);
        }
      }
      combinations.add(some);
    }
    assertThat(combinations).hasSize(255);
    return combinations;
  }

  @Test
  void how_many_objects_share_a_status_changes_nothing() {
    for (List<ObjectStatus> objects : combinations()) {
      List<ObjectStatus> twice = new ArrayList<>(objects);
      twice.addAll(objects);
      assertThat(TaskStatus.of(twice)).isEqualTo(TaskStatus.of(objects));
    }
  }

  @Test
  void an_aborted_failed_or_expired_upload_leaves_its_dataset_waiting_for_another() {
    for (SessionStatus over :
        List.of(
            SessionStatus.ABORTING,
            SessionStatus.ABORTED,
            SessionStatus.EXPIRED,
            SessionStatus.FAILED)) {
      assertThat(over.ofDataset(true)).isEqualTo(DatasetStatus.UPLOAD_PENDING);
    }
  }

  @Test
  void a_completed_upload_makes_its_dataset_ready_only_where_nothing_must_be_validated() {
    assertThat(SessionStatus.COMPLETED.ofDataset(false)).isEqualTo(DatasetStatus.READY);
    assertThat(SessionStatus.COMPLETED.ofDataset(true)).isEqualTo(DatasetStatus.PROCESSING);
  }

  @Test
  void a_dataset_is_uploading_while_its_session_is_completing() {
    assertThat(SessionStatus.COMPLETING.ofDataset(false)).isEqualTo(DatasetStatus.UPLOADING);
    assertThat(SessionStatus.PAUSED.ofDataset(false)).isEqualTo(DatasetStatus.PAUSED);
  }
}
