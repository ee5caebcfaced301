package io.waybill.core.quota.usecase;

import io.waybill.core.access.Resource;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.quota.QuotaEvent;
import io.waybill.core.quota.QuotaFill;
import io.waybill.core.quota.QuotaStores;
import io.waybill.core.work.Ports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says once that the bytes of a tenant or of a project have reached 80 or 95 percent of their
 * bound; after they have fallen below it, it is said again. Reads what is counted anyway: whoever
 * uploads neither waits for it nor pays for it.
 */
public final class WarnOfQuotas {

  private static final int AT_ONCE = 100;

  private final Ports<? extends QuotaStores> ports;
  private final Journal journal;
  private final @Nullable Long tenantBytes;

  /**
   * @param tenantBytes the bound of a tenant that has none of its own; null for no bound
   */
  WarnOfQuotas(Ports<? extends QuotaStores> ports, Journal journal, @Nullable Long tenantBytes) {
    this.ports = ports;
    this.journal = journal;
    this.tenantBytes = tenantBytes;
  }

  /** Looks at every tenant; returns how many warnings there were. */
  public int handle() {
    int warnings = 0;
    List<UUID> tenants = tenants(null);
    while (!tenants.isEmpty()) {
      List<UUID> page = tenants;
      for (QuotaFill fill : ports.work().read(tx -> tx.quotaWarnings().near(page, tenantBytes))) {
        if (fill.level() != fill.told()) {
          warnings += ports.work().commit(tx -> told(tx, fill));
        }
      }
      tenants = tenants(tenants.getLast());
    }
    return warnings;
  }

  private List<UUID> tenants(@Nullable UUID after) {
    return ports.work().read(tx -> tx.quotas().tenants(after, AT_ONCE));
  }

  /** Of several who see the same, one tells it. What has fallen is noted and not told. */
  private int told(QuotaStores tx, QuotaFill fill) {
    OptionalLong number = tx.quotaWarnings().tell(fill);
    if (number.isEmpty() || fill.level() < fill.told()) {
      return 0;
    }
    tx.events().append(Facts.of(warning(fill, number.getAsLong())));
    return 1;
  }

  private OutboxEvent warning(QuotaFill fill, long number) {
    UUID project = fill.projectId();
    Map<String, Object> data = new HashMap<>();
    data.put("scope", project == null ? "tenant" : "project");
    data.put("percent", fill.level());
    data.put("used_bytes", fill.usedBytes());
    data.put("reserved_bytes", fill.reservedBytes());
    Long maxBytes = fill.maxBytes();
    if (maxBytes != null) {
      data.put("max_bytes", maxBytes);
    }
    if (project != null) {
      data.put("project_id", project.toString());
    }
    Resource of =
        project == null
            ? Resource.tenant(fill.tenantId())
            : Resource.project(fill.tenantId(), project);
    return journal.outbox(QuotaEvent.WARNING, of, number, ports.now(), data);
  }
}
