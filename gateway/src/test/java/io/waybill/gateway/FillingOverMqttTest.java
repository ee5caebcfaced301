package io.waybill.gateway;

import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command;
import io.waybill.wire.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device fills a dataset that exists already. */
@Timeout(60)
class FillingOverMqttTest {

  @Test
  void a_dataset_is_filled_by_one_upload_at_a_time(@TempDir Path directory) {
    Plant plant = new Plant();
    try (TestBroker broker = TestBroker.embedded(directory);
        Gateway gateway = plant.gateway(broker, "gateway");
        Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      gateway.ready().join();
      Result.UploadObject first = object(robot, null);
      assertThat(error(robot.ask(create(first.datasetId()))).code())
          .isEqualTo("dataset.upload_in_progress");
      robot.ask(new Command.AbortUpload(Objects.requireNonNull(first.sessionId()), "wrong file"));
      Result.UploadObject second = object(robot, first.datasetId());
      assertThat(second.datasetId()).isEqualTo(first.datasetId());
      assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
      assertThat(error(robot.ask(create(UUID.randomUUID()))).code()).isEqualTo("dataset.not_found");
    }
  }

  private static Result.UploadObject object(Robot robot, @Nullable UUID dataset) {
    return result(robot.ask(create(dataset)), Result.UploadTask.class).objects().getFirst();
  }

  private static Command create(@Nullable UUID dataset) {
    Command.NewObject object =
        new Command.NewObject(dataset, null, "a.mcap", 5, null, null, null, Map.of());
    return new Command.CreateSession(
        Plant.PROJECT, "run", null, null, null, null, List.of(object), Map.of(), null);
  }
}
