package io.waybill.core.device.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a device a new credential, which somebody brings to it. */
public final class RotateCredential {
  /** The secret is told once; a repeated call is told everything else. */
  public static final Remembered<DeviceAnswer.WithCredential> REMEMBERED =
      new Remembered<>(
          "ROTATE_CREDENTIAL",
          DeviceAnswer.WithCredential.class,
          DeviceAnswer.WithCredential::withoutMaterial);

  private final DeviceChange head;
  private final Rotation rotation;

  RotateCredential(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.head = new DeviceChange(ports, authenticate);
    this.rotation = new Rotation(ports.ids());
  }

  /**
   * How.
   *
   * @param overlapSeconds that the old one may be used; null for an hour
   * @param expiresInSeconds that the new one lasts; null for ever
   */
  public record Request(
      UUID projectId,
      UUID deviceId,
      @Nullable Long overlapSeconds,
      @Nullable Long expiresInSeconds) {}

  public Verdict<DeviceAnswer.WithCredential> handle(
      Caller caller, RequestKey requestKey, Request request) {
    Rotation.Terms terms = new Rotation.Terms(request.overlapSeconds(), request.expiresInSeconds());
    Once<DeviceStores, DeviceAnswer.WithCredential> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.deviceId())
                .add(request.overlapSeconds())
                .add(request.expiresInSeconds()));
    return terms
        .check()
        .then(ok ->
            head.change(
                new DeviceChange.Target(
                    caller,
                    Permission.DEVICE_CREDENTIALS_ROTATE,
                    request.projectId(),
                    request.deviceId()),
                once,
                (tx, known, now) -> rotation.rotate(tx, caller, terms, known, now)));
  }
}
