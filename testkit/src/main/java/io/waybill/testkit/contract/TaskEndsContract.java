package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever listens is told of a task's end: once, by the commit that brought it about. */
public abstract class TaskEndsContract extends PortContract {

  @Test
  void the_last_of_its_objects_ends_a_task() {
    NewTask task = created(3);

    fail(task.sessions().get(0));
    fail(task.sessions().get(1));
    assertThat(ended()).isEmpty();

    abort(task.sessions().get(2));
    assertThat(ended()).containsExactly(TaskStatus.FAILED);
  }

  @Test
  void objects_that_end_together_end_their_task_once() {
    NewTask task = created(2);
    List<Transition> moves =
        task.sessions().stream()
            .map(session -> Uploads.move(session, session.refuse(error()), UploadEvent.FAILED))
            .toList();

    commit(tx -> tx.sessions().apply(moves));

    assertThat(ended()).containsExactly(TaskStatus.FAILED);
  }

  @Test
  void a_move_within_an_end_is_none() {
    NewTask task = created(1);
    abort(task.sessions().getFirst());

    assertThat(ended()).containsExactly(TaskStatus.CANCELLED);
  }

  private void fail(Session.Initiating session) {
    moved(session, session.refuse(error()), UploadEvent.FAILED);
  }

  private void abort(Session.Initiating session) {
    Session.Aborting aborting =
        moved(session, session.abort("enough", at(2)), UploadEvent.ABORT_REQUESTED);
    moved(aborting, aborting.confirm(null, at(3)), UploadEvent.ABORTED);
  }

  private static LastError error() {
    return new LastError(LastError.Code.STORAGE_REFUSED, "no such bucket", at(1));
  }
}
