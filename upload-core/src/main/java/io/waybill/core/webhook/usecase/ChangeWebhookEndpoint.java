package io.waybill.core.webhook.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a webhook endpoint, or gives it a new secret beside the one of now. */
public final class ChangeWebhookEndpoint {

  /** A new secret is told once; a repeated call is told everything else. */
  public static final Remembered<ToldWebhook> REMEMBERED =
      new Remembered<>("CHANGE_WEBHOOK_ENDPOINT", ToldWebhook.class, ToldWebhook::withoutSecret);

  private static final Duration OVERLAP = Duration.ofDays(1);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final Ports<? extends WebhookStores> ports;
  private final WebhookRules rules;
  private final SecretBox box;
  private final WebhookJournal journal;

  ChangeWebhookEndpoint(Ports<? extends WebhookStores> ports, WebhookRules rules, SecretBox box) {
    this.ports = ports;
    this.rules = rules;
    this.box = box;
    this.journal = new WebhookJournal(ports.ids());
  }

  /**
   * What to change; null leaves it as it is.
   *
   * @param description empty takes it away
   * @param rotation null for the secret of now
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(
      UUID webhookEndpointId,
      @Nullable String url,
      @Nullable String description,
      @Nullable List<String> eventTypes,
      @Nullable WebhookStatus status,
      @Nullable Rotation rotation,
      @Nullable Long version) {}

  /**
   * A new secret.
   *
   * @param overlapSeconds how long messages are signed with the one before, too; null for a day
   */
  public record Rotation(@Nullable Long overlapSeconds) {}

  public Verdict<ToldWebhook> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<WebhookStores, ToldWebhook> once =
        Once.of(REMEMBERED, caller, requestKey, fingerprint(request));
    return ports
        .work()
        .read(tx ->
            pass(
                tx.webhookEndpoints()
                    .find(caller.identity().tenantId(), request.webhookEndpointId()),
                caller,
                now))
        .then(ok -> overlap(request.rotation()))
        .then(ok -> rules.check(request.url(), request.description(), request.eventTypes()))
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    pass(
                            tx.webhookEndpoints()
                                .lock(caller.identity().tenantId(), request.webhookEndpointId()),
                            caller,
                            now)
                        .then(known ->
                            once.within(tx, now, () -> change(tx, caller, request, known, now)))));
  }

  private static Fingerprint fingerprint(Request request) {
    Rotation rotation = request.rotation();
    return Fingerprint.of(REMEMBERED)
        .add(request.webhookEndpointId())
        .add(request.url())
        .add(request.description())
        .add(request.eventTypes())
        .add(request.status() == null ? null : request.status().name())
        .add(rotation != null)
        .add(rotation == null ? null : rotation.overlapSeconds())
        .add(request.version());
  }

  private static Verdict<WebhookEndpoint> pass(
      Optional<WebhookEndpoint> found, Caller caller, Instant now) {
    return found.isEmpty()
        ? Gate.missing(ResourceKind.WEBHOOK_ENDPOINT)
        : Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private static Verdict<Boolean> overlap(@Nullable Rotation rotation) {
    Long seconds = rotation == null ? null : rotation.overlapSeconds();
    long longest = LONGEST_OVERLAP.toSeconds();
    return seconds == null || (seconds >= 0 && seconds <= longest)
        ? Verdict.ok(true)
        : Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "overlap_seconds",
                        EntryCode.REQUEST_OUT_OF_RANGE,
                        "must be from 0 to " + longest))));
  }

  private Verdict<ToldWebhook> change(
      WebhookStores tx, Caller caller, Request request, WebhookEndpoint known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.WEBHOOK_ENDPOINT, known.webhookEndpointId(), known.version());
    }
    Rotation rotation = request.rotation();
    NewSecret.Made secret =
        rotation == null ? null : NewSecret.sealedFor(known.webhookEndpointId(), box);
    WebhookSecrets secrets =
        rotation == null || secret == null
            ? known.secrets()
            : known.secrets().rotated(secret.sealed(), now, now.plus(overlapOf(rotation)));
    WebhookEndpoint after = after(request, known, now, secrets);
    if (after.equals(known.changed(known.url(), known.description(), known.eventTypes(), now))) {
      return Verdict.ok(new ToldWebhook(WebhookAnswer.of(known, now), null));
    }
    tx.webhookEndpoints().update(after);
    Map<String, Object> details = new TreeMap<>();
    details.put("before", WebhookJournal.said(known));
    details.put("after", WebhookJournal.said(after));
    details.put("secret_rotated", rotation != null);
    tx.events().append(journal.wrote(WebhookEvent.UPDATED, after, caller.origin(), now, details));
    return Verdict.ok(
        new ToldWebhook(WebhookAnswer.of(after, now), secret == null ? null : secret.shown()));
  }

  private static Duration overlapOf(Rotation rotation) {
    Long seconds = rotation.overlapSeconds();
    return seconds == null ? OVERLAP : Duration.ofSeconds(seconds);
  }

  private static WebhookEndpoint after(
      Request request, WebhookEndpoint known, Instant now, WebhookSecrets secrets) {
    String description = request.description();
    return known
        .changed(
            request.url() == null ? known.url() : request.url(),
            description == null ? known.description() : WebhookRules.textOrNull(description),
            request.eventTypes() == null ? known.eventTypes() : request.eventTypes(),
            now)
        .being(request.status() == null ? known.status() : request.status(), secrets);
  }
}
