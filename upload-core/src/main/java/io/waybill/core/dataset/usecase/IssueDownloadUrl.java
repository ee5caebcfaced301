package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.DownloadAnswer;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlLife;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues a URL for a READY dataset's bytes, and notes who asked and why. */
public final class IssueDownloadUrl {

  private static final int DEFAULT_SECONDS = 900;
  private static final int PURPOSE_CHARS = 255;

  private final Ports<? extends DatasetStores> ports;
  private final UrlLife urlLife;
  private final Journal journal;

  public IssueDownloadUrl(Ports<? extends DatasetStores> ports, UrlLife urlLife) {
    this.ports = ports;
    this.urlLife = urlLife;
    this.journal = new Journal(ports.ids());
  }

  /**
   * Which dataset, for how long, and why.
   *
   * @param expiresInSeconds null for 900
   * @param purpose for the audit; null for none
   */
  public record Request(
      UUID projectId,
      UUID datasetId,
      @Nullable Integer expiresInSeconds,
      @Nullable String purpose) {}

  public Verdict<DownloadAnswer> handle(Caller caller, Request request) {
    return check(request)
        .then(life ->
            ReadDatasets.find(
                    ports,
                    caller,
                    request.projectId(),
                    request.datasetId(),
                    Permission.DATASET_DOWNLOAD)
                .then(dataset -> issue(caller, dataset, request, life)));
  }

  private Verdict<Duration> check(Request request) {
    Integer asked = request.expiresInSeconds();
    Duration life = Duration.ofSeconds(asked == null ? DEFAULT_SECONDS : asked);
    if (!urlLife.allows(life)) {
      return invalid(
          "expires_in_seconds",
          EntryCode.UPLOAD_URL_LIFE_OUT_OF_RANGE,
          "must be %d to %d seconds"
              .formatted(urlLife.shortest().toSeconds(), urlLife.longest().toSeconds()));
    }
    String purpose = request.purpose();
    return purpose != null && purpose.length() > PURPOSE_CHARS
        ? invalid("purpose", EntryCode.REQUEST_FIELD_TOO_LONG, "must be at most 255 characters")
        : Verdict.ok(life);
  }

  private static <T> Verdict<T> invalid(String field, EntryCode code, String message) {
    return Verdict.refused(Refusal.invalid(List.of(new FieldError(field, code, message))));
  }

  private Verdict<DownloadAnswer> issue(
      Caller caller, Dataset dataset, Request request, Duration life) {
    ObjectLocation location = dataset.location();
    if (location == null
        || dataset.object() == null
        || dataset.status() != DatasetStatus.READY
        || dataset.recoveryStatus() != RecoveryStatus.NORMAL) {
      return notReady(dataset);
    }
    Instant now = ports.now();
    Facts issued = issued(caller, dataset, request, now);
    ports
        .work()
        .commit(tx -> {
          tx.events().append(issued);
          return issued;
        });
    String url = ports.signer().signDownload(location, dataset.originalFilename(), now, life);
    Instant until = Instant.ofEpochSecond(now.getEpochSecond()).plus(life);
    return Verdict.ok(new DownloadAnswer(dataset.datasetId(), "GET", url, until, life.toSeconds()));
  }

  static <T> Verdict<T> notReady(Dataset dataset) {
    return Verdict.refused(
        Refusal.of(ErrorCode.DATASET_NOT_READY, whyNot(dataset))
            .with("dataset_id", dataset.datasetId().toString())
            .with("current_status", dataset.status().name())
            .with("recovery_status", dataset.recoveryStatus().name()));
  }

  private static String whyNot(Dataset dataset) {
    return switch (dataset.recoveryStatus()) {
      case RECOVERY_PENDING -> "after a restore it is not known yet whether its object is there";
      case RECOVERY_MISSING_OBJECT, RECOVERY_METADATA_ONLY ->
          "after a restore its object was not found in storage";
      case NORMAL, RECOVERY_VERIFIED, RECOVERY_OBJECT_ONLY ->
          "the dataset is " + dataset.status() + "; only a READY one can be downloaded";
    };
  }

  private Facts issued(Caller caller, Dataset dataset, Request request, Instant now) {
    return Facts.of(
        journal.audit(
            DatasetEvent.DOWNLOAD_URL_ISSUED,
            Resource.dataset(dataset.tenantId(), dataset.projectId(), dataset.datasetId()),
            caller.origin(),
            now,
            request.purpose() == null ? Map.of() : Map.of("purpose", request.purpose())));
  }
}
