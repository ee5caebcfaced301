package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.ApiKey;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A key that is made for certain devices is shown exactly the uploads that it meets. */
public abstract class DeviceLimitContract extends PortContract {
  private static final int TASKS = 12;
  private static final int ROUNDS = 60;

  @Test
  void the_owner_of_such_a_key_is_known_with_its_devices() {
    String sha256 = Ids.sha256();
    Set<UUID> devices = Set.of(world.robot().id(), world.otherRobot().id());
    ApiKey key =
        new ApiKey(
            Ids.next(), world.tenantId(), "of line 3", "wb_0123456", T0, null, null, devices);
    commit(tx -> {
      tx.apiKeys().insert(key, sha256);
      return key;
    });

    Identity owner = read(tx -> tx.identities().byApiKey(sha256, T0)).orElseThrow();
    ApiKey read = commit(tx -> tx.apiKeys().lock(world.tenantId(), key.apiKeyId())).orElseThrow();

    assertThat(owner.onlyDevices()).isEqualTo(devices);
    assertThat(read).isEqualTo(key);
  }

  @Test
  void lists_hold_what_the_key_meets_whatever_it_is_asked_for() {
    Random random = new Random(42);
    List<UploadTask> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.addFirst(created(from(device(random))).task());
    }
    for (int round = 0; round < ROUNDS; round++) {
      Identity key = key(devices(random));
      UUID asked = random.nextBoolean() ? null : device(random);
      TaskStatus status = random.nextBoolean() ? null : TaskStatus.PENDING;
      List<UploadTask> met =
          tasks.stream()
              .filter(task -> key.meets(task.sourceDeviceId()))
              .filter(task -> asked == null || asked.equals(task.sourceDeviceId()))
              .toList();

      assertThat(listedTasks(key, asked, status))
          .as("%s asked for %s in %s", key.onlyDevices(), asked, status)
          .isEqualTo(met.stream().map(UploadTask::taskId).toList());
      assertThat(listedDatasets(key, asked))
          .as("%s asked for %s", key.onlyDevices(), asked)
          .isEqualTo(met.stream().map(task -> task.objects().getFirst().datasetId()).toList());
    }
  }

  private List<UUID> listedTasks(Identity key, @Nullable UUID asked, @Nullable TaskStatus status) {
    TaskStore.Query query =
        new TaskStore.Query(
            world.tenantId(),
            world.project().projectId(),
            status,
            asked,
            null,
            null,
            Set.of(),
            key.onlyDevices(),
            TASKS);
    return read(tx -> tx.tasks().list(query, T0)).stream()
        .map(found -> found.task().taskId())
        .toList();
  }

  private List<UUID> listedDatasets(Identity key, @Nullable UUID asked) {
    DatasetStore.Query query =
        new DatasetStore.Query(
            world.tenantId(),
            world.project().projectId(),
            DatasetFilter.NONE.from(asked),
            null,
            Set.of(),
            key.onlyDevices(),
            TASKS);
    return read(tx -> tx.datasets().list(query)).stream().map(Dataset::datasetId).toList();
  }

  private Identity key(Set<UUID> devices) {
    return new Identity(
        world.tenantId(),
        SubjectKind.API_KEY,
        Ids.next(),
        "wb_",
        Identity.Standing.ACTIVE,
        List.of(),
        devices);
  }

  /** Of none, of one or of both, or of somebody who has sent nothing. */
  private Set<UUID> devices(Random random) {
    Set<UUID> devices = new HashSet<>();
    for (UUID one : List.of(world.robot().id(), world.otherRobot().id(), Ids.next())) {
      if (random.nextBoolean()) {
        devices.add(one);
      }
    }
    return devices;
  }

  private @Nullable UUID device(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> world.robot().id();
      case 1 -> world.otherRobot().id();
      default -> null;
    };
  }

  private NewTask from(@Nullable UUID device) {
    return Uploads.from(world, device, T0);
  }
}
