package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.AcknowledgeAnswer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notes parts that a client says storage took. A note for progress and resume; completion asks
 * storage.
 */
public final class AcknowledgeParts {

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Chronicle chronicle;

  public AcknowledgeParts(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.chronicle = new Chronicle(ports.ids());
  }

  /** Parts of one session. */
  public record Request(UUID sessionId, List<Part> parts) {
    public Request {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One part.
   *
   * @param etag as storage answered it
   * @param checksumSha256 lower-case hex of the part's bytes
   */
  public record Part(
      int partNumber, String etag, long sizeBytes, @Nullable String checksumSha256) {}

  public Verdict<AcknowledgeAnswer> handle(Caller caller, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return ports
        .work()
        .write(tx ->
            SessionGate.pass(
                    caller,
                    tx.sessions().find(tenantId, request.sessionId()),
                    Permission.UPLOAD_PRESIGN,
                    now)
                .then(session -> acknowledge(tx, caller, session, request, now)));
  }

  private Verdict<AcknowledgeAnswer> acknowledge(
      UploadStores tx, Caller caller, Session stored, Request request, Instant now) {
    return switch (stored.asOf(now)) {
      case Session.Initiated initiated ->
          write(tx, caller, initiated, request, now)
              .map(answer -> {
                // Lost only to somebody who has moved the session on: then it has started.
                Session.Uploading started = initiated.start(now);
                Facts facts = chronicle.started(started, caller.origin());
                tx.sessions().apply(List.of(new Transition(initiated, started, facts)));
                return answer;
              });
      case Session.Uploading uploading -> write(tx, caller, uploading, request, now);
      case Session.Paused paused -> write(tx, caller, paused, request, now);
      case Session.Initiating s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Completing s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Completed s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Aborting s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Aborted s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Expired s -> Refusals.illegal("acknowledge parts of", s);
      case Session.Failed s -> Refusals.illegal("acknowledge parts of", s);
    };
  }

  private Verdict<AcknowledgeAnswer> write(
      UploadStores tx, Caller caller, Session.Open session, Request request, Instant now) {
    List<FieldError> errors = check(session.upload().plan(), request.parts());
    if (!errors.isEmpty()) {
      return Verdict.refused(Refusal.invalid(errors));
    }
    List<UploadPart> parts =
        request.parts().stream()
            .map(p ->
                UploadPart.acknowledged(
                    p.partNumber(), p.etag(), p.sizeBytes(), p.checksumSha256(), now))
            .toList();
    List<Integer> numbers = parts.stream().map(UploadPart::partNumber).toList();
    Facts facts = chronicle.acknowledged(session, numbers, caller.origin(), now);
    int known = tx.parts().acknowledge(request.sessionId(), parts, facts);
    return Verdict.ok(new AcknowledgeAnswer(request.sessionId(), parts.size(), known));
  }

  private List<FieldError> check(PartPlan plan, List<Part> parts) {
    List<FieldError> errors = new ArrayList<>();
    if (parts.isEmpty() || parts.size() > limits.batches().acknowledgeParts()) {
      errors.add(
          new FieldError(
              "parts",
              EntryCode.UPLOAD_TOO_MANY_PARTS,
              "must hold 1 to " + limits.batches().acknowledgeParts() + " parts"));
    }
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      check(plan, "parts[" + i + "].", parts.get(i), seen, errors);
    }
    return errors;
  }

  private static void check(
      PartPlan plan, String field, Part part, Set<Integer> seen, List<FieldError> errors) {
    if (!plan.has(part.partNumber())) {
      errors.add(
          new FieldError(
              field + "part_number",
              EntryCode.UPLOAD_PART_OUT_OF_RANGE,
              "part " + part.partNumber() + " is not in 1.." + plan.partCount()));
    } else if (part.sizeBytes() != plan.sizeOf(part.partNumber())) {
      errors.add(
          new FieldError(
              field + "size_bytes",
              EntryCode.UPLOAD_PART_SIZE_MISMATCH,
              "must be " + plan.sizeOf(part.partNumber())));
    } else if (!seen.add(part.partNumber())) {
      errors.add(
          new FieldError(
              field + "part_number", EntryCode.UPLOAD_PART_REPEATED, "is named more than once"));
    }
    if (part.etag().isBlank() || part.etag().length() > 256) {
      errors.add(
          new FieldError(
              field + "etag", EntryCode.UPLOAD_BAD_ETAG, "must be the ETag that storage answered"));
    }
  }
}
