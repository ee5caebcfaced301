package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.TaskAnswer;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A world whose policy allows instant uploads, and what the project has in it already. */
final class InstantWorld {

  static final String SUM = "5e".repeat(32);

  private InstantWorld() {}

  /** One whose policy allows instant uploads. */
  static World instantWorld() {
    World world = new World();
    world.database.addPolicy(Registry.TENANT, Registry.policy(Protection.USUAL, true));
    return world;
  }

  static NewTask.File summed(String name, long sizeBytes) {
    return new NewTask.File(null, name, sizeBytes, null, null, SUM, Map.of());
  }

  /** A dataset of a megabyte whose sum is more than its client's word. */
  static Dataset verified(World world) {
    UUID session = only(value(world.clients.create(task(summed("first", MIB))))).sessionId();
    world.putAll(session);
    value(world.clients.complete(session));
    UUID id = world.stored(session).upload().owner().datasetId();
    Dataset dataset = world.dataset(Registry.PROJECT, id);
    world.database.commit(tx -> {
      tx.verifiedChecksums()
          .keep(
              Twins.verified(
                  world.stored(session).upload(),
                  SUM,
                  Objects.requireNonNull(dataset.object()),
                  world.now()));
      return dataset;
    });
    return dataset;
  }

  static Answer.TaskObject only(Answer.Task task) {
    return task.objects().getFirst();
  }

  /** The same file once more. */
  static Answer.TaskObject again(World world) {
    return only(value(world.clients.create(task(summed("again", MIB)))));
  }

  static TaskAnswer taskOf(World world, Answer.TaskObject object) {
    UUID taskId = world.stored(object.sessionId()).upload().owner().taskId();
    return value(world.use.getUploadTask().handle(Registry.robot17(), Registry.PROJECT, taskId));
  }

  static ObjectLocation place(World world, Answer.TaskObject object) {
    return world.stored(object.sessionId()).upload().location();
  }
}
