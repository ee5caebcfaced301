package io.waybill.core.upload.usecase;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.SessionDiagnosis;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadRoom;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why sessions of one task stand still, for one answer. Whether the retry of a failed one has room
 * is asked once for all of them, and only when there is one.
 */
final class Diagnoses {
  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Instant now;
  private boolean isAsked;
  private @Nullable UploadRoom room;

  Diagnoses(Ports<? extends UploadStores> ports, Limits limits, Instant now) {
    this.ports = ports;
    this.limits = limits;
    this.now = now;
  }

  @Nullable Diagnosis of(Progress progress, Signs signs) {
    Diagnosis found = SessionDiagnosis.of(progress, signs, now);
    return found != null && found.cause() == Cause.FAILED
        ? crowded(progress.session().upload(), found)
        : found;
  }

  private Diagnosis crowded(Upload upload, Diagnosis failed) {
    long bytes = upload.plan().fileSizeBytes();
    return room(upload.owner())
        .map(found -> RoomRules.checkRetry(found, bytes, limits))
        .filter(verdict ->
            verdict instanceof Verdict.Refused<?>(Refusal refusal)
                && refusal.code().code().startsWith("quota."))
        .map(verdict -> quota(verdict, failed))
        .orElse(failed);
  }

  private static Diagnosis quota(Verdict<?> verdict, Diagnosis failed) {
    String why =
        verdict instanceof Verdict.Refused<?>(Refusal refusal) ? refusal.message() : "no room";
    return new Diagnosis(
        Cause.QUOTA,
        failed.since(),
        "it failed, and a retry has no room: " + why,
        "make room or raise the quota, then retry the object");
  }

  private Optional<UploadRoom> room(Owner owner) {
    if (!isAsked) {
      RoomRequest request =
          new RoomRequest(owner.tenantId(), owner.projectId(), null, owner.sourceDeviceId(), now);
      room = ports.work().read(tx -> tx.rooms().find(request)).orElse(null);
      isAsked = true;
    }
    return Optional.ofNullable(room);
  }
}
