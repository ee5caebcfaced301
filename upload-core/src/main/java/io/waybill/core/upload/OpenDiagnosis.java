package io.waybill.core.upload;

import io.waybill.core.device.DeviceStatus;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a session to which parts can be sent does not get any. */
record OpenDiagnosis(Upload upload, Progress progress, Signs signs, Instant now) {

  /** Of its life: when less is left, whoever sends should know. */
  private static final int LAST_TENTH = 10;

  @Nullable Diagnosis find() {
    return Stream.<Supplier<Optional<Diagnosis>>>of(
            this::inactive,
            this::missing,
            this::wrongPart,
            this::refused,
            this::quiet,
            this::ending)
        .flatMap(question -> question.get().stream())
        .findFirst()
        .orElse(null);
  }

  private Optional<Diagnosis> inactive() {
    return source()
        .filter(device -> isShutOut(device.status()))
        .map(device ->
            new Diagnosis(
                Cause.DEVICE_INACTIVE,
                null,
                "the device is " + device.status(),
                "enable the device, or abort the upload"));
  }

  private static boolean isShutOut(DeviceStatus status) {
    return switch (status) {
      case DISABLED, REVOKED, DELETED -> true;
      case PENDING, ACTIVE -> false;
    };
  }

  private Optional<Diagnosis> missing() {
    return Optional.ofNullable(upload.missingSince()).map(SessionDiagnosis::missing);
  }

  private Optional<Diagnosis> wrongPart() {
    int count = progress.failedPartCount();
    String others = count > 1 ? " and %d others".formatted(count - 1) : "";
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Diagnosis(
                Cause.PART_REFUSED,
                null,
                "storage has part %d%s with another size or sum than planned"
                    .formatted(progress.firstFailedPart(), others),
                "send again the parts that GET …/parts shows as FAILED"));
  }

  /** The last word on it was that it cannot be completed. */
  private Optional<Diagnosis> refused() {
    return signs
        .newest()
        .filter(trace -> trace.is(UploadEvent.COMPLETE_REFUSED))
        .map(OpenDiagnosis::refusal);
  }

  private static Diagnosis refusal(Signs.Trace trace) {
    if (!trace.text("error_code").isEmpty()) {
      return SessionDiagnosis.storageRefused(trace);
    }
    String storageCode = trace.text("storage_code");
    return storageCode.isEmpty()
        ? new Diagnosis(
            Cause.MISSING_PARTS,
            trace.at(),
            "storage lacked %d parts when it was asked to complete"
                .formatted(trace.number("missing_part_count")),
            "send the missing parts and complete again")
        : new Diagnosis(
            Cause.PART_REFUSED,
            trace.at(),
            "storage does not take the parts: " + storageCode,
            nextStep(storageCode));
  }

  private static String nextStep(String storageCode) {
    return switch (storageCode) {
      case "EntityTooSmall" -> "abort it, and start one with larger parts";
      case "InvalidPart", "InvalidPartOrder" ->
          "complete again when no part is on its way; if it stays, retry the object";
      default ->
          "what it has of them has another sum than was said: send them again, or retry the object";
    };
  }

  /** Nobody sends: nothing has happened for a while, and no URL is out. */
  private Optional<Diagnosis> quiet() {
    Optional<Instant> urlsEnd = signs.last(UploadEvent.PRESIGN_ISSUED).map(Signs.Trace::until);
    Instant active = latest(upload.updatedAt(), signs.newest().map(Signs.Trace::at));
    Instant since = latest(active, urlsEnd);
    if (now.isBefore(since.plus(SessionDiagnosis.QUIET))) {
      return Optional.empty();
    }
    return Optional.of(waiting(active).or(this::unfinished).orElseGet(() -> urls(since, urlsEnd)));
  }

  private static Instant latest(Instant one, Optional<Instant> other) {
    return other.filter(one::isBefore).orElse(one);
  }

  private Optional<Diagnosis> waiting(Instant active) {
    return source().filter(device -> !device.online()).flatMap(device -> offline(device, active));
  }

  /** Of a device whose connections nobody has ever seen, nobody can say that it is away. */
  private Optional<Diagnosis> offline(Signs.Source device, Instant active) {
    Instant seen = device.lastSeenAt();
    if (seen == null && device.status() != DeviceStatus.PENDING) {
      return Optional.empty();
    }
    String message =
        seen == null ? "the device has never connected" : "the device is offline since " + seen;
    return Optional.of(
        new Diagnosis(
            Cause.WAITING_FOR_DEVICE,
            seen == null ? active : seen,
            message,
            "see that the device has power and network; it goes on by itself"));
  }

  private Optional<Diagnosis> unfinished() {
    return progress.uploadedPartCount() < upload.plan().partCount()
        ? Optional.empty()
        : Optional.of(
            new Diagnosis(
                Cause.NOT_COMPLETED,
                upload.updatedAt(),
                "all %d parts are there, and nobody has asked to complete"
                    .formatted(upload.plan().partCount()),
                "complete it"));
  }

  private Diagnosis urls(Instant since, Optional<Instant> end) {
    return end.isPresent()
        ? new Diagnosis(
            Cause.URLS_EXPIRED,
            since,
            "the last URLs ended at %s, none were requested since".formatted(end.get()),
            "whoever sends the file asks for URLs again, with resume")
        : new Diagnosis(
            Cause.URLS_NOT_REQUESTED,
            since,
            "no URLs were requested since " + since,
            "whoever sends the file asks for URLs; see that it runs");
  }

  private Optional<Diagnosis> ending() {
    Duration life = Duration.between(upload.createdAt(), upload.expiresAt());
    Instant late = upload.expiresAt().minus(life.dividedBy(LAST_TENTH));
    return now.isBefore(late)
        ? Optional.empty()
        : Optional.of(
            new Diagnosis(
                Cause.EXPIRES_SOON,
                late,
                "it expires at " + upload.expiresAt(),
                "extend it if it is not done by then"));
  }

  private Optional<Signs.Source> source() {
    return Optional.ofNullable(signs.source());
  }
}
