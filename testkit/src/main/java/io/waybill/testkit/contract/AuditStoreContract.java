package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Client;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.audit.AuditStore.Query;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.audit.AuditStore}. */
public abstract class AuditStoreContract extends PortContract {

  private static final UUID ONE = Ids.next();
  private static final UUID OTHER = Ids.next();

  @Test
  void a_row_is_read_back_whole_by_its_own_tenant_only() {
    AuditEvent row = wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 1));

    assertThat(list(any(world.tenantId(), null, 10))).containsExactly(row);
    assertThat(list(any(world.otherTenantId(), null, 10))).isEmpty();
  }

  @Test
  void rows_are_found_by_who_what_on_what_and_when_newest_first() {
    AuditEvent first = wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 1));
    AuditEvent second = wrote(row(world.tenantId(), "api_key:b", "tag.created", OTHER, 2));
    AuditEvent third = wrote(row(world.tenantId(), "api_key:a", "tag.deleted", ONE, 3));

    assertThat(list(any(world.tenantId(), null, 2))).containsExactly(third, second);
    assertThat(list(any(world.tenantId(), second.eventId(), 2))).containsExactly(first);
    assertThat(list(query("api_key:a", null, null))).containsExactly(third, first);
    assertThat(list(query(null, "tag.created", null))).containsExactly(second, first);
    assertThat(list(query("api_key:a", "tag.created", null))).containsExactly(first);
    assertThat(list(query(null, null, ONE))).containsExactly(third, first);
    assertThat(list(query("api_key:a", "tag.deleted", ONE))).containsExactly(third);
    assertThat(list(query("api_key:b", null, ONE))).isEmpty();
  }

  @Test
  void a_time_is_from_its_beginning_to_before_its_end() {
    wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 1));
    AuditEvent second = wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 2));
    AuditEvent third = wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 3));

    assertThat(list(new Query(world.tenantId(), null, null, null, at(2), at(4), null, 10)))
        .containsExactly(third, second);
    assertThat(list(new Query(world.tenantId(), null, null, null, at(2), at(3), null, 10)))
        .containsExactly(second);
  }

  @Test
  void a_resource_is_of_its_kind() {
    wrote(row(world.tenantId(), "api_key:a", "tag.created", ONE, 1));
    Resource.Node device = new Resource.Node(ResourceKind.DEVICE, ONE);

    assertThat(list(new Query(world.tenantId(), null, null, device, null, null, null, 10)))
        .isEmpty();
  }

  private Query query(@Nullable String actor, @Nullable String action, @Nullable UUID tag) {
    Resource.Node on = tag == null ? null : new Resource.Node(ResourceKind.TAG, tag);
    return new Query(world.tenantId(), actor, action, on, null, null, null, 10);
  }

  private static Query any(UUID tenant, @Nullable UUID before, int limit) {
    return new Query(tenant, null, null, null, null, null, before, limit);
  }

  private AuditEvent wrote(AuditEvent row) {
    commit(tx -> {
      tx.events().append(Facts.of(row));
      return row;
    });
    return row;
  }

  private List<AuditEvent> list(Query query) {
    return read(tx -> tx.auditTrail().list(query));
  }

  private static AuditEvent row(UUID tenant, String actor, String action, UUID tag, int second) {
    return new AuditEvent(
        Ids.next(),
        tenant,
        actor,
        action,
        "tag",
        tag,
        "ok",
        "req-1",
        "http",
        new Client("192.0.2.1", "curl/8"),
        at(second),
        Map.of("before", Map.of("name", "a"), "after", Map.of("name", "b")));
  }
}
