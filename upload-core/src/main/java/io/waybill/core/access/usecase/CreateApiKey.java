package io.waybill.core.access.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.ApiKey;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an API key, which can do nothing until something is granted to it. */
public final class CreateApiKey {

  /** The key itself is told once; a repeated call is told everything else. */
  public static final Remembered<Created> REMEMBERED =
      new Remembered<>("CREATE_API_KEY", Created.class, Created::withoutMaterial);

  private static final int NAME_CHARS = 200;
  private static final long LONGEST_LIFE_SECONDS = 315_360_000;
  private static final int MOST_DEVICES = 100;
  private static final int RANDOM_BYTES = 32;
  private static final int PREFIX_CHARS = 10;

  private final Ports<? extends AccessStores> ports;
  private final AccessJournal journal;
  private final SecureRandom random = new SecureRandom();

  public CreateApiKey(Ports<? extends AccessStores> ports) {
    this.ports = ports;
    this.journal = new AccessJournal(ports.ids());
  }

  /**
   * What to make.
   *
   * @param expiresInSeconds null for a key that lasts until it is revoked
   * @param deviceIds the devices on whose uploads alone it shall act; null for those of all
   */
  public record Request(
      String name, @Nullable Long expiresInSeconds, @Nullable List<UUID> deviceIds) {}

  /**
   * A new key.
   *
   * @param keyMaterial the key, told this once; null when the call is a repeated one
   */
  public record Created(ApiKeyAnswer apiKey, @Nullable String keyMaterial) {

    Created withoutMaterial() {
      return new Created(apiKey, null);
    }
  }

  public Verdict<Created> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<AccessStores, Created> once =
        Once.of(REMEMBERED, caller, requestKey, fingerprint(request));
    Resource tenant = Resource.tenant(caller.identity().tenantId());
    return check(request)
        .then(ok -> Gate.pass(caller.identity(), Permission.API_KEY_CREATE, tenant, now))
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    once.within(
                        tx,
                        now,
                        () ->
                            devices(tx, caller, request)
                                .then(devices -> create(tx, caller, request, devices, now)))));
  }

  /** As it was before keys had devices, for those that have none. */
  private static Fingerprint fingerprint(Request request) {
    Fingerprint plain =
        Fingerprint.of(REMEMBERED).add(request.name()).add(request.expiresInSeconds());
    return request.deviceIds() == null ? plain : plain.add(request.deviceIds());
  }

  private static Verdict<Set<UUID>> devices(AccessStores tx, Caller caller, Request request) {
    List<UUID> wanted = request.deviceIds() == null ? List.of() : request.deviceIds();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Subject device = new Subject(SubjectKind.DEVICE, wanted.get(i));
      if (!tx.resources().has(caller.identity().tenantId(), device)) {
        errors.add(
            new FieldError(
                "device_ids[" + i + "]", EntryCode.DEVICE_NOT_FOUND, "there is no such device"));
      }
    }
    return errors.isEmpty()
        ? Verdict.ok(Set.copyOf(wanted))
        : Verdict.refused(Refusal.invalid(errors));
  }

  private static Verdict<Boolean> check(Request request) {
    List<FieldError> errors = new ArrayList<>();
    if (request.name().isBlank()) {
      errors.add(new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the key"));
    }
    errors.addAll(ReadableText.check("name", request.name(), NAME_CHARS));
    Long seconds = request.expiresInSeconds();
    if (seconds != null && (seconds < 1 || seconds > LONGEST_LIFE_SECONDS)) {
      errors.add(
          new FieldError(
              "expires_in_seconds",
              EntryCode.REQUEST_OUT_OF_RANGE,
              "must be from 1 to " + LONGEST_LIFE_SECONDS));
    }
    List<UUID> devices = request.deviceIds();
    if (devices != null && (devices.isEmpty() || devices.size() > MOST_DEVICES)) {
      errors.add(
          new FieldError(
              "device_ids",
              EntryCode.REQUEST_OUT_OF_RANGE,
              "must name from 1 to " + MOST_DEVICES + " devices, or be left out for all"));
    }
    return errors.isEmpty() ? Verdict.ok(true) : Verdict.refused(Refusal.invalid(errors));
  }

  private Verdict<Created> create(
      AccessStores tx, Caller caller, Request request, Set<UUID> devices, Instant now) {
    String material = material();
    Long seconds = request.expiresInSeconds();
    UUID tenantId = caller.identity().tenantId();
    ApiKey key =
        new ApiKey(
            ports.ids().next(),
            tenantId,
            request.name(),
            material.substring(0, PREFIX_CHARS),
            now,
            seconds == null ? null : now.plusSeconds(seconds),
            null,
            devices);
    tx.apiKeys().insert(key, Authenticate.hashOf(material));
    tx.events().append(journal.created(key, caller.origin()));
    return Verdict.ok(new Created(ApiKeyAnswer.of(key), material));
  }

  private String material() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return "wb_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
