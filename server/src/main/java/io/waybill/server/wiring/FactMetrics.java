package io.waybill.server.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import io.waybill.core.ErrorCode;
import io.waybill.core.access.Origin;
import io.waybill.core.app.CommitListener;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadEvent;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was committed in this process. A change counts once, whichever door it came through;
 * the sum over all processes is what happened.
 */
public final class FactMetrics implements CommitListener {

  private final MeterRegistry registry;
  private final Counter tasksCreated;
  private final Counter tasksCompleted;
  private final Counter tasksFailed;
  private final Counter sessionsCreated;
  private final Counter sessionsCompleted;
  private final Counter completedBytes;
  private final Counter datasetsCreated;
  private final Counter sessionsAborted;
  private final Counter sessionsExpired;
  private final Counter cleanedUp;
  private final Counter presignRequests;
  private final Counter presignedParts;
  private final Counter acknowledgedParts;
  private final Counter pauses;
  private final Counter resumes;
  private final Counter completeRequests;
  private final Counter missingParts;
  private final Counter downloadUrls;
  private final Counter heldPurges;
  private final OutboxCounters outbox;

  /** Registers every counter, so that each is there before its first event. */
  public FactMetrics(MeterRegistry registry) {
    this.registry = registry;
    registry.config().namingConvention(keepingCreated(registry.config().namingConvention()));
    tasksCreated = registry.counter("upload_tasks_created");
    tasksCompleted = registry.counter("upload_tasks_completed");
    tasksFailed = registry.counter("upload_tasks_failed");
    sessionsCreated = registry.counter("upload_sessions_created");
    sessionsCompleted = registry.counter("upload_sessions_completed");
    completedBytes = registry.counter("upload_completed_bytes");
    datasetsCreated = registry.counter("dataset_created");
    sessionsAborted = registry.counter("upload_sessions_aborted");
    sessionsExpired = registry.counter("upload_sessions_expired");
    cleanedUp = registry.counter("cleanup_sessions_aborted");
    presignRequests = registry.counter("upload_presign_requests");
    presignedParts = registry.counter("upload_presign_parts");
    acknowledgedParts = registry.counter("upload_part_ack");
    pauses = registry.counter("upload_pause_requests");
    resumes = registry.counter("upload_resume_requests");
    completeRequests = registry.counter("upload_complete_requests");
    missingParts = registry.counter("upload_complete_missing_parts");
    downloadUrls = registry.counter("dataset_download_url_requests");
    heldPurges = registry.counter("dataset_legal_hold_denied_purge");
    outbox = new OutboxCounters(registry);
    failed(ErrorCode.STORAGE_REFUSED.code());
    failed(ErrorCode.STORAGE_UPLOAD_MISSING.code());
  }

  /**
   * The registry's own convention with one exception: it cuts {@code _created} off, which is a
   * reserved word of OpenMetrics and the very point of our counters.
   */
  private static NamingConvention keepingCreated(NamingConvention usual) {
    return new NamingConvention() {
      @Override
      public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        return name.endsWith("_created") ? name : usual.name(name, type, baseUnit);
      }

      @Override
      public String tagKey(String key) {
        return usual.tagKey(key);
      }

      @Override
      public String tagValue(String value) {
        return usual.tagValue(value);
      }
    };
  }

  @Override
  public void committed(Facts facts) {
    facts.timeline(LifecycleEvent.class).forEach(this::count);
    Set<Object> tasks =
        facts.timeline(LifecycleEvent.class).stream()
            .filter(event -> event.type() == UploadEvent.TASK_CREATED)
            .map(event -> event.owner().taskId())
            .collect(Collectors.toSet());
    tasksCreated.increment(tasks.size());
    facts.audit().forEach(this::count);
    facts.outbox().forEach(outbox::count);
  }

  private void count(AuditEvent row) {
    if (row.action().equals(DatasetEvent.DOWNLOAD_URL_ISSUED.code())) {
      downloadUrls.increment();
    } else if (row.result().equals(ErrorCode.DATASET_PURGE_DENIED.code())
        && row.details().get("kept_by") instanceof List<?> keepers
        && keepers.contains("legal_hold")) {
      heldPurges.increment();
    }
  }

  @Override
  public void ended(List<TaskStatus> tasks) {
    tasksCompleted.increment(Collections.frequency(tasks, TaskStatus.COMPLETED));
    tasksFailed.increment(Collections.frequency(tasks, TaskStatus.FAILED));
  }

  private void count(LifecycleEvent event) {
    switch (event.type()) {
      case TASK_CREATED -> {
        sessionsCreated.increment();
        datasetsCreated.increment();
      }
      case OBJECT_RETRIED -> sessionsCreated.increment();
      case COMPLETED -> {
        sessionsCompleted.increment();
        completedBytes.increment(
            event.details().get("object_size_bytes") instanceof Number bytes
                ? bytes.doubleValue()
                : 0);
      }
      case ABORTED -> {
        sessionsAborted.increment();
        cleanedUp.increment(event.actor().equals(Origin.WORKER.actor()) ? 1 : 0);
      }
      case EXPIRED -> sessionsExpired.increment();
      case FAILED -> failed(String.valueOf(event.details().get("error_code"))).increment();
      case PRESIGN_ISSUED -> {
        presignRequests.increment();
        presignedParts.increment(event.partNumbers().size());
      }
      case PART_ACKNOWLEDGED -> acknowledgedParts.increment(event.partNumbers().size());
      case PAUSED -> pauses.increment();
      case RESUMED -> resumes.increment();
      case COMPLETE_REQUESTED -> completeRequests.increment();
      case COMPLETE_REFUSED -> missingParts.increment(lacksParts(event) ? 1 : 0);
      case INITIATED,
          STARTED,
          PARTS_RECONCILED,
          EXTENDED,
          COMPLETE_UNKNOWN,
          ABORT_REQUESTED,
          CLEANUP_FAILED -> {}
    }
  }

  private static boolean lacksParts(LifecycleEvent refusal) {
    return refusal.details().get("missing_part_count") instanceof Number missing
        && missing.intValue() > 0;
  }

  private Counter failed(String errorCode) {
    return registry.counter("upload_sessions_failed", "error_code", errorCode);
  }
}
