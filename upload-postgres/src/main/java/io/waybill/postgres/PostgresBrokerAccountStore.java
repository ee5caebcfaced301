package io.waybill.postgres;

import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.BrokerAccountStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code devices}, each with the newest of its {@code device_credentials} that is worth something.
 */
record PostgresBrokerAccountStore(Db db) implements BrokerAccountStore {

  private static final Sql LIST =
      Sql.of(
          "broker_accounts.list",
          """
          select d.tenant_id, d.id, newest.credential_version, newest.broker_hash
          from devices d cross join lateral (
            select c.credential_version, c.broker_hash from device_credentials c
            where c.tenant_id = d.tenant_id and c.device_id = d.id and c.status in ('PENDING', 'ACTIVE')
              and (c.expires_at is null or c.expires_at > :now)
            order by c.credential_version desc limit 1) newest
          where d.status in ('PENDING', 'ACTIVE') and (:after::uuid is null or d.id > :after)
          order by d.id limit :limit
          """);

  @Override
  public List<BrokerAccount> list(@Nullable UUID after, Instant now, int limit) {
    return db.all(
        LIST.with("after", after).with("now", now).with("limit", limit),
        row ->
            new BrokerAccount(
                row.id("tenant_id"),
                row.id("id"),
                row.count("credential_version"),
                row.textOrNull("broker_hash")));
  }
}
