package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Caller;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskMoved;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a DENY hides from a caller by its id, it hides from the caller's lists, too. */
class DenyInListsTest {

  private final World world = new World();
  private final Owner hidden = owner();
  private final Owner shown = owner();

  private Owner owner() {
    return world.stored(world.start().sessionId()).upload().owner();
  }

  private static Caller without(ResourceKind kind, UUID id) {
    Grant view = Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.DATASET_VIEW);
    return Registry.having(view, Registry.deny(kind, id, Permission.DATASET_VIEW));
  }

  private List<UUID> tasks(Caller caller, @Nullable UUID before, int limit) {
    var request = new ListUploadTasks.Request(Registry.PROJECT, null, null, null, before, limit);
    return value(world.use.listUploadTasks().handle(caller, request)).items().stream()
        .map(TaskAnswer::taskId)
        .toList();
  }

  @Test
  void a_denied_task_is_in_no_page() {
    Caller caller = without(ResourceKind.UPLOAD_TASK, hidden.taskId());
    assertThat(tasks(caller, null, 50)).containsExactly(shown.taskId());
    assertThat(tasks(caller, shown.taskId(), 1)).isEmpty();
    assertThat(tasks(Registry.viewer(), null, 50)).hasSize(2);
  }

  @Test
  void the_object_of_a_denied_dataset_or_session_is_shown_by_no_task() {
    for (Caller caller :
        List.of(
            without(ResourceKind.DATASET, hidden.datasetId()),
            without(ResourceKind.UPLOAD_SESSION, session(hidden)))) {
      assertThat(objects(caller, hidden)).isEmpty();
      assertThat(objects(caller, shown)).hasSize(1);
      var request = new ListUploadTasks.Request(Registry.PROJECT, null, null, null, null, 50);
      assertThat(value(world.use.listUploadTasks().handle(caller, request)).items())
          .extracting(task -> task.objects().size())
          .containsExactly(1, 0);
    }
    assertThat(objects(Registry.viewer(), hidden)).hasSize(1);
  }

  @Test
  void nor_does_what_became_of_the_objects_of_a_task_show_it() {
    for (Grant deny :
        List.of(
            Registry.deny(ResourceKind.DATASET, hidden.datasetId(), Permission.DATASET_VIEW),
            Registry.deny(ResourceKind.UPLOAD_SESSION, session(hidden), Permission.DATASET_VIEW))) {
      Caller caller =
          Registry.having(
              Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.DATASET_VIEW),
              Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.UPLOAD_PAUSE),
              deny);
      assertThat(paused(caller, hidden)).isEmpty();
      assertThat(paused(caller, shown)).hasSize(1);
    }
  }

  private List<TaskMoved.MovedObject> paused(Caller caller, Owner of) {
    MoveTask.Request request =
        new MoveTask.Request(MoveTask.Move.PAUSE, Registry.PROJECT, of.taskId(), "");
    return value(world.use.moveTask().handle(caller, RequestKey.NONE, request)).objects();
  }

  private List<TaskAnswer.TaskObjectAnswer> objects(Caller caller, Owner of) {
    return value(world.use.getUploadTask().handle(caller, Registry.PROJECT, of.taskId())).objects();
  }

  private UUID session(Owner of) {
    return objects(Registry.viewer(), of).getFirst().sessionId();
  }

  @Test
  void a_denied_dataset_is_in_no_page() {
    Caller caller = without(ResourceKind.DATASET, hidden.datasetId());
    var request = new ReadDatasets.Request(Registry.PROJECT, DatasetFilter.NONE, null, 50);
    assertThat(value(world.all.datasets().readDatasets().handle(caller, request)).items())
        .extracting(DatasetAnswer::datasetId)
        .containsExactly(shown.datasetId());
  }
}
