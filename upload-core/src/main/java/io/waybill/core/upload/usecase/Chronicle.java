package io.waybill.core.upload.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ReadyNews;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what happened: which rows each kind of fact leaves behind. */
final class Chronicle {

  private final IdSource ids;
  private final Journal journal;

  Chronicle(IdSource ids) {
    this.ids = ids;
    this.journal = new Journal(ids);
  }

  /** A move of a session: a row of its timeline, an audit row and an outbox row. */
  Transition moved(
      Session before, Session after, UploadEvent type, Origin origin, Map<String, Object> details) {
    Facts facts = change(after, type, origin, details);
    return after instanceof Session.Completed && !(before instanceof Session.Completed)
        ? new Transition(before, after, facts, new ReadyNews(ids.next(), after.upload()))
        : new Transition(before, after, facts);
  }

  /** The three rows of a move. */
  Facts change(Session after, UploadEvent type, Origin origin, Map<String, Object> details) {
    Upload upload = after.upload();
    Instant at = upload.updatedAt();
    AuditEvent audit = journal.audit(type, upload.resource(), origin, at, details);
    return new Facts(
        List.of(row(after, type, origin, at, List.of(), null, details)),
        List.of(audit),
        List.of(told(after, type)));
  }

  /** That the row says something else now, though it has not moved: no version goes untold. */
  Facts shown(Session after, UploadEvent type, Origin origin, Map<String, Object> details) {
    Instant at = after.upload().updatedAt();
    return noted(after, type, origin, at, details).and(Facts.of(told(after, type)));
  }

  private OutboxEvent told(Session after, UploadEvent type) {
    Upload upload = after.upload();
    return journal.outbox(
        type,
        upload.resource(),
        upload.version(),
        upload.updatedAt(),
        said(upload, after.status()));
  }

  private static Map<String, Object> said(Upload upload, SessionStatus status) {
    Map<String, Object> said = new TreeMap<>();
    said.put("session_id", upload.sessionId().toString());
    said.put("task_id", upload.owner().taskId().toString());
    said.put("dataset_id", upload.owner().datasetId().toString());
    said.put("status", status.name());
    if (upload.owner().sourceDeviceId() != null) {
      said.put(OutboxEvent.SOURCE_DEVICE, upload.owner().sourceDeviceId().toString());
    }
    return said;
  }

  /** The move to UPLOADING, beside what made it: URLs, or the first parts. */
  Facts started(Session.Uploading after, Origin origin) {
    return change(after, UploadEvent.STARTED, origin, Map.of());
  }

  /** Something that moved nothing: a row of the timeline alone. */
  Facts noted(
      Session session, UploadEvent type, Origin origin, Instant at, Map<String, Object> details) {
    return Facts.of(row(session, type, origin, at, List.of(), null, details));
  }

  /** Parts that were acknowledged. */
  Facts acknowledged(Session session, List<Integer> parts, Origin origin, Instant at) {
    return Facts.of(row(session, UploadEvent.PART_ACKNOWLEDGED, origin, at, parts, null, Map.of()));
  }

  /** URLs that were issued: which parts, until when. The audit of issuance, never the URLs. */
  Facts presigned(
      Session session, List<Integer> parts, Instant validUntil, Origin origin, Instant at) {
    return Facts.of(
        row(session, UploadEvent.PRESIGN_ISSUED, origin, at, parts, validUntil, Map.of()));
  }

  private LifecycleEvent row(
      Session session,
      UploadEvent type,
      Origin origin,
      Instant at,
      List<Integer> parts,
      @Nullable Instant validUntil,
      Map<String, Object> details) {
    Upload upload = session.upload();
    return new LifecycleEvent(
        ids.next(),
        type,
        upload.owner(),
        upload.sessionId(),
        origin.actor(),
        origin.requestId(),
        at,
        parts,
        validUntil,
        details);
  }
}
