package io.waybill.core.webhook.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.webhook.SecretBox;
import io.waybill.core.webhook.WebhookAnswer;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEvent;
import io.waybill.core.webhook.WebhookSecrets;
import io.waybill.core.webhook.WebhookStatus;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a webhook endpoint, which is told what happens from now on. */
public final class CreateWebhookEndpoint {

  /** The secret is told once; a repeated call is told everything else. */
  public static final Remembered<ToldWebhook> REMEMBERED =
      new Remembered<>("CREATE_WEBHOOK_ENDPOINT", ToldWebhook.class, ToldWebhook::withoutSecret);

  private final Ports<? extends WebhookStores> ports;
  private final WebhookRules rules;
  private final SecretBox box;
  private final WebhookJournal journal;

  CreateWebhookEndpoint(Ports<? extends WebhookStores> ports, WebhookRules rules, SecretBox box) {
    this.ports = ports;
    this.rules = rules;
    this.box = box;
    this.journal = new WebhookJournal(ports.ids());
  }

  /**
   * What to make.
   *
   * @param eventTypes null for all
   */
  public record Request(
      String url, @Nullable String description, @Nullable List<String> eventTypes) {}

  public Verdict<ToldWebhook> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<WebhookStores, ToldWebhook> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.url())
                .add(request.description())
                .add(request.eventTypes()));
    Resource tenant = Resource.tenant(caller.identity().tenantId());
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, tenant, now)
        .then(ok -> rules.check(request.url(), request.description(), request.eventTypes()))
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<ToldWebhook> create(
      WebhookStores tx, Caller caller, Request request, Instant now) {
    UUID id = ports.ids().next();
    NewSecret.Made secret = NewSecret.sealedFor(id, box);
    List<String> types = request.eventTypes();
    WebhookEndpoint endpoint =
        new WebhookEndpoint(
            id,
            caller.identity().tenantId(),
            request.url(),
            WebhookRules.textOrNull(request.description()),
            types == null ? List.of(WebhookEndpoint.ALL) : types,
            WebhookStatus.ENABLED,
            WebhookSecrets.of(secret.sealed()),
            1,
            now,
            now);
    if (!tx.webhookEndpoints().insert(endpoint, WebhookEndpoint.MOST_OF_A_TENANT)) {
      return Verdict.refused(Refusal.invalid(List.of(tooMany())));
    }
    Map<String, Object> details = Map.of("after", WebhookJournal.said(endpoint));
    tx.events()
        .append(journal.wrote(WebhookEvent.CREATED, endpoint, caller.origin(), now, details));
    return Verdict.ok(new ToldWebhook(WebhookAnswer.of(endpoint, now), secret.shown()));
  }

  private static FieldError tooMany() {
    return new FieldError(
        "url",
        EntryCode.WEBHOOK_ENDPOINT_TOO_MANY,
        "a tenant has up to "
            + WebhookEndpoint.MOST_OF_A_TENANT
            + " webhook endpoints; delete one that nobody needs");
  }
}
