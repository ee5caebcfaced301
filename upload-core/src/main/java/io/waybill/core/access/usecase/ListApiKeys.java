package io.waybill.core.access.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.ApiKeyStore;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's API keys, newest first. */
public final class ListApiKeys {

  private final Ports<? extends AccessStores> ports;

  public ListApiKeys(Ports<? extends AccessStores> ports) {
    this.ports = ports;
  }

  /**
   * One page.
   *
   * @param prefix what the keys begin with; null for all
   * @param before the last id of the page before; null for the first page
   */
  public record Request(@Nullable String prefix, @Nullable UUID before, int limit) {}

  public Verdict<Page<ApiKeyAnswer>> handle(Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    ApiKeyStore.Query query =
        new ApiKeyStore.Query(tenantId, request.prefix(), request.before(), request.limit() + 1);
    return Gate.pass(
            caller.identity(), Permission.API_KEY_VIEW, Resource.tenant(tenantId), ports.now())
        .map(ok -> {
          List<ApiKeyAnswer> found =
              ports.work().read(tx -> tx.apiKeys().list(query)).stream()
                  .map(ApiKeyAnswer::of)
                  .toList();
          return Page.of(found, request.limit(), ApiKeyAnswer::apiKeyId);
        });
  }
}
