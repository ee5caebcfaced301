package io.waybill.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.DatasetStoreContract;
import io.waybill.testkit.contract.DueSessionsContract;
import io.waybill.testkit.contract.IdempotencyStoreContract;
import io.waybill.testkit.contract.IdentityStoreContract;
import io.waybill.testkit.contract.PartStoreContract;
import io.waybill.testkit.contract.ProjectStoreContract;
import io.waybill.testkit.contract.SessionStoreContract;
import io.waybill.testkit.contract.TaskStoreContract;
import io.waybill.testkit.contract.TimelineStoreContract;
import io.waybill.testkit.contract.UnitOfWorkContract;
import io.waybill.testkit.contract.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** All contracts on PostgreSQL 17, the version of compose.yaml. */
@Tag("docker")
class Postgres17Test {

  /** Started at the first use, stopped with the process by its reaper. */
  private static final class Container {
    static final PostgresSettings SETTINGS = start();

    private static PostgresSettings start() {
      @SuppressWarnings("resource") // lives as long as the process
      PostgreSQLContainer container = new PostgreSQLContainer("postgres:17-alpine");
      container.start();
      PostgresSettings settings =
          PostgresSettings.at(
              container.getJdbcUrl(), container.getUsername(), container.getPassword());
      Migrations.run(settings);
      return settings.withPoolSize(4);
    }
  }

  @BeforeAll
  static void needsDocker() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker engine here");
  }

  private static Work<Stores> on17(World world, CommitListener listener) {
    PostgresWorld.register(Container.SETTINGS, world);
    return PostgresUnitOfWork.open(Container.SETTINGS, listener);
  }

  @Nested
  class UnitOfWorkOn17 extends UnitOfWorkContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class SessionStoreOn17 extends SessionStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class DueSessionsOn17 extends DueSessionsContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class TaskStoreOn17 extends TaskStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class PartStoreOn17 extends PartStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class EventStoreOn17 extends TimelineStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class IdempotencyStoreOn17 extends IdempotencyStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class IdentityStoreOn17 extends IdentityStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class ProjectStoreOn17 extends ProjectStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }

  @Nested
  class DatasetStoreOn17 extends DatasetStoreContract {
    @Override
    protected Work<Stores> open(World world, CommitListener listener) {
      return on17(world, listener);
    }
  }
}
