package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.CommitListener;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadTask;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code jsonb} keeps numbers as decimals of any length: what the transports let in, longs and
 * doubles, comes back as what it was, and no longer than it was sent.
 */
class MetadataNumbersTest {
  private static final List<Number> NUMBERS =
      List.of(
          0.1,
          1.1,
          -0.0,
          1e-300,
          Double.MIN_VALUE,
          1e300,
          1.5e300,
          Double.MAX_VALUE,
          -1e19,
          9007199254740993L,
          Long.MIN_VALUE,
          Long.MAX_VALUE);

  private final World world = World.fresh();

  @Test
  void every_number_of_64_bits_comes_back_with_its_value_and_in_64_bits() {
    NewTask sent = sending(Map.of("list", NUMBERS, "nested", Map.of("deep", 1e300)));
    try (PostgresUnitOfWork work =
        PostgresUnitOfWork.open(ContractDatabase.settings().withPoolSize(1), CommitListener.NONE)) {
      PostgresWorld.register(ContractDatabase.settings(), world);
      work.commit(tx -> {
        tx.tasks().create(sent);
        return true;
      });

      Map<String, Object> kept =
          work.read(tx ->
                  tx.tasks()
                      .find(world.tenantId(), world.project().projectId(), sent.task().taskId()))
              .orElseThrow()
              .task()
              .metadata();

      assertThat((List<?>) kept.get("list"))
          .allSatisfy(number -> assertThat(number).isInstanceOfAny(Long.class, Double.class))
          .map(number -> new BigDecimal(number.toString()).stripTrailingZeros())
          .isEqualTo(
              NUMBERS.stream()
                  .map(number -> new BigDecimal(number.toString()).stripTrailingZeros())
                  .toList());
      assertThat(kept).containsEntry("nested", Map.of("deep", 1e300));
    }
  }

  private NewTask sending(Map<String, Object> metadata) {
    NewTask made = Uploads.task(world, 1, World.BEGINNING);
    UploadTask task = made.task();
    return new NewTask(
        new UploadTask(
            task.taskId(),
            task.tenantId(),
            task.projectId(),
            task.taskName(),
            task.taskInitiator(),
            task.sourceDeviceId(),
            task.sourceDeviceCode(),
            task.status(),
            metadata,
            task.createdAt(),
            task.updatedAt(),
            task.objects()),
        made.sessions(),
        made.existing(),
        world.policy().storagePolicyId(),
        world.policy().validationRequired(),
        made.facts());
  }
}
