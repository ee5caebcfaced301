package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.UseCases;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.work.Ports;
import io.waybill.testkit.CountingDataSource;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rates cost a device that asks for URLs again and again. */
class PresignRateBudgetTest {
  private static final int REQUESTS = 60;

  /** A device takes 12 of its 120 at a time, and its tenant 60 of 600. */
  private static final int LEASES = REQUESTS / 12;

  private final World world = World.fresh();

  @Test
  void sixty_requests_cost_five_statements_more_than_without_rates() {
    PostgresWorld.register(ContractDatabase.settings(), world);
    InstantSource time = InstantSource.system();
    try (HikariDataSource pool = Pool.open(ContractDatabase.settings())) {
      CountingDataSource counter = new CountingDataSource(pool);
      UseCases use =
          UseCases.over(
              new Ports<>(
                  PostgresUnitOfWork.over(counter, CommitListener.NONE),
                  new MemoryObjectStore(Set.of("robot-data")),
                  new MemorySigner(),
                  new UuidV7(time),
                  time,
                  new MemoryHeartbeat()),
              UseCases.Settings.DEFAULT);
      Caller robot = caller(use);
      counter.takeSent();

      for (int i = 0; i < REQUESTS; i++) {
        assertThat(use.uploads().presignParts().handle(robot, ofNobody()))
            .isInstanceOf(Verdict.Refused.class);
      }

      List<String> sent = counter.takeSent();
      assertThat(sent.stream().filter(sql -> sql.contains("rate_buckets"))).hasSize(LEASES);
      assertThat(sent).hasSize(REQUESTS + LEASES);
    }
  }

  private Caller caller(UseCases use) {
    return use.access().authenticate().device(world.tenantId(), world.robot().id())
            instanceof Verdict.Ok<Identity>(Identity robot)
        ? new Caller(robot, "r", "mqtt")
        : new Caller(world.robot(), "r", "mqtt");
  }

  /** A session that is not there costs the one look that finds that out. */
  private static PresignParts.Request ofNobody() {
    return new PresignParts.Request(Ids.next(), List.of(1), null, true, Map.of(), AnswerLimit.NONE);
  }
}
