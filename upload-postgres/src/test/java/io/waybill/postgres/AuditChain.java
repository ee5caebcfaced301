package io.waybill.postgres;

import io.waybill.core.access.Client;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.audit.usecase.SealAudit;
import io.waybill.core.audit.usecase.VerifyAudit;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One tenant's audit rows and seals in a database of their own. */
final class AuditChain implements AutoCloseable {
  static final UUID TENANT = Ids.next();

  final PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
  final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
  final ManualTime time = new ManualTime(World.BEGINNING);

  SealAudit sealer(Work<Stores> on, int rows) {
    return new SealAudit(ports(on), rows);
  }

  VerifyAudit verifier() {
    return new VerifyAudit(ports(work));
  }

  private Ports<Stores> ports(Work<Stores> on) {
    return TestPorts.over(on, time);
  }

  /** Writes a row; its id. */
  UUID write() {
    AuditEvent row =
        new AuditEvent(
            Ids.next(),
            TENANT,
            "api_key:a",
            "tag.created",
            "tag",
            Ids.next(),
            "ok",
            "r",
            "http",
            Client.NONE,
            World.BEGINNING,
            Map.of("after", Map.of("name", "a")));
    work.commit(tx -> {
      tx.events().append(Facts.of(row));
      return row;
    });
    return row.eventId();
  }

  /** Writes that many rows and seals them, three a seal. */
  List<UUID> sealed(int rows) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ids.add(write());
    }
    seal();
    return ids;
  }

  void seal() {
    while (sealer(work, 3).handle().more()) {
      // there is more
    }
  }

  /** What verifying finds, as texts: fault, seal, row. */
  List<String> findings() {
    List<String> found = new ArrayList<>();
    verifier().handle(TENANT, one -> found.add(one.fault() + " " + one.seal() + " " + one.row()));
    return found;
  }

  VerifyAudit.Report report() {
    return verifier().handle(TENANT, one -> {});
  }

  /** What somebody does behind our back. */
  void tamper(String sql) {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
