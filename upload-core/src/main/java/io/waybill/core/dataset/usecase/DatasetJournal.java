package io.waybill.core.dataset.usecase;

import io.waybill.core.Refusal;
import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetNews;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Makes the rows that a change of a dataset leaves behind: audit, and outbox where it moves. */
final class DatasetJournal {
  /** What is said of it, or asked about it, moves nothing that others follow. */
  private static final Set<DatasetEvent> AUDIT_ONLY =
      Set.of(DatasetEvent.UPDATED, DatasetEvent.VALIDATION_RETRIED);

  private final Journal journal;

  DatasetJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts created(Dataset dataset, Origin origin) {
    return wrote(DatasetEvent.CREATED, dataset, origin, Map.of("after", said(dataset)));
  }

  /** What it was, and what it is now. */
  Facts changed(DatasetCommand.Target target, Dataset before, Dataset after) {
    Map<String, Object> details = new TreeMap<>();
    details.put("before", said(before));
    details.put("after", said(after));
    if (!target.reason().isEmpty()) {
      details.put("reason", target.reason());
    }
    Origin origin = target.caller().origin();
    return AUDIT_ONLY.contains(target.becomes())
        ? Facts.of(audit(target.becomes(), after, origin, details))
        : wrote(target.becomes(), after, origin, details);
  }

  Facts wrote(DatasetEvent what, Dataset after, Origin origin, Map<String, Object> details) {
    OutboxEvent outbox =
        journal.outbox(
            what, after.resource(), after.version(), after.updatedAt(), DatasetNews.of(after));
    return new Facts(List.of(), List.of(audit(what, after, origin, details)), List.of(outbox));
  }

  /** That it was not purged, and what keeps it. */
  Facts denied(Resource dataset, Origin origin, Instant at, Refusal why) {
    return Facts.of(
        journal.refused(
            "dataset.purge", why.code().code(), dataset, origin, at, Map.copyOf(why.details())));
  }

  private AuditEvent audit(
      DatasetEvent what, Dataset after, Origin origin, Map<String, Object> details) {
    return journal.audit(what, after.resource(), origin, after.updatedAt(), details);
  }

  private static Map<String, Object> said(Dataset dataset) {
    DatasetProfile profile = dataset.profile();
    Map<String, Object> said = new TreeMap<>();
    said.put("name", profile.name());
    said.put("status", dataset.status().name());
    said.put("validation_status", dataset.validationStatus().name());
    said.put("metadata", profile.metadata());
    said.put("labels", profile.labels());
    said.put("tag_ids", profile.tagIds().stream().map(UUID::toString).toList());
    if (profile.classification() != null) {
      said.put("classification", profile.classification());
    }
    if (dataset.legalHold() != null) {
      said.put("legal_hold_reason", dataset.legalHold().reason());
    }
    return said;
  }
}
