package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.TaskStore.TaskProgress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.work.Work}. */
public abstract class UnitOfWorkContract extends PortContract {
  private final NewTask task = Uploads.task(world, 1, T0);

  @Test
  void what_is_ok_is_committed_and_told() {
    Verdict<String> verdict =
        work()
            .write(tx -> {
              tx.tasks().create(task);
              return Verdict.ok("done");
            });

    assertThat(verdict).isEqualTo(Verdict.ok("done"));
    assertThat(found()).isPresent();
    assertThat(told()).containsExactly(task.facts());
  }

  @Test
  void what_is_refused_is_rolled_back_and_told_to_nobody() {
    Verdict<String> no = Verdict.refused(ErrorCode.UPLOAD_EXPIRED, "too late");

    Verdict<String> verdict =
        work()
            .write(tx -> {
              tx.tasks().create(task);
              return no;
            });

    assertThat(verdict).isEqualTo(no);
    assertThat(found()).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void what_throws_is_rolled_back_and_told_to_nobody() {
    RuntimeException bug = new IllegalArgumentException("a bug");

    assertThatThrownBy(() ->
            work()
                .write(tx -> {
                  tx.tasks().create(task);
                  throw bug;
                }))
        .isSameAs(bug);

    assertThat(found()).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void work_sees_its_own_writes() {
    Optional<TaskProgress> seen =
        commit(tx -> {
          tx.tasks().create(task);
          return tx.tasks()
              .find(world.tenantId(), world.project().projectId(), task.task().taskId());
        });

    assertThat(seen.map(TaskProgress::task)).contains(task.task());
  }

  @Test
  void a_commit_without_facts_is_told_as_such_or_not_at_all() {
    commit(tx -> tx.sessions().find(world.tenantId(), Ids.next()));

    assertThat(told())
        .allSatisfy(facts -> assertThat(facts).isEqualTo(io.waybill.core.event.Facts.NONE));
  }

  private Optional<TaskProgress> found() {
    return read(
        tx -> tx.tasks().find(world.tenantId(), world.project().projectId(), task.task().taskId()));
  }
}
