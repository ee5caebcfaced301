package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists a session's parts: as we know them, as storage knows them, or after making them agree. */
public final class ListParts {

  private final Ports<? extends UploadStores> ports;
  private final ReconcileUpload reconcile;
  private final RecentListings listings = new RecentListings();

  public ListParts(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.reconcile = new ReconcileUpload(ports);
  }

  /** Whom to ask. */
  public enum Source {
    DB,
    STORAGE,
    RECONCILE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which parts, from whom.
   *
   * @param limit 1 to 1000 rows; ignored for ranges
   * @param cursor as the page before gave it; null for the first page
   * @param ranges {@code 1-40,43} instead of rows
   */
  public record Request(
      UUID sessionId, Source source, int limit, @Nullable String cursor, boolean ranges) {}

  public Verdict<PartsAnswer> handle(Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    Verdict<Integer> after = after(request);
    return SessionGate.pass(
            caller,
            ports.work().read(tx -> tx.sessions().find(tenantId, request.sessionId())),
            Permission.DATASET_VIEW,
            ports.now())
        .then(session -> after.then(number -> list(caller, session, request, number)));
  }

  private static Verdict<Integer> after(Request request) {
    if (request.limit() < 1 || request.limit() > 1000) {
      return invalid("limit", EntryCode.REQUEST_OUT_OF_RANGE, "must be 1 to 1000");
    }
    String cursor = request.cursor();
    if (cursor == null) {
      return Verdict.ok(0);
    }
    return cursor.matches("[0-9]{1,5}")
        ? Verdict.ok(Integer.parseInt(cursor))
        : invalid(
            "cursor", EntryCode.REQUEST_BAD_CURSOR, "must be the next_cursor of another answer");
  }

  private static <T> Verdict<T> invalid(String field, EntryCode code, String message) {
    return Verdict.refused(Refusal.invalid(List.of(new FieldError(field, code, message))));
  }

  private Verdict<PartsAnswer> list(
      Caller caller, Session session, Request request, int afterNumber) {
    return switch (request.source()) {
      case DB -> Verdict.ok(fromRows(session, request, afterNumber));
      case STORAGE -> fromStorage(session, request, afterNumber);
      // Later pages read on in what the first one has made agree.
      case RECONCILE ->
          afterNumber == 0
              ? reconciled(caller, session, request)
              : Verdict.ok(fromRows(session, request, afterNumber));
    };
  }

  /** Rows are told as reconciled only when they are. */
  private Verdict<PartsAnswer> reconciled(Caller caller, Session session, Request request) {
    boolean mayMove = SessionGate.mayMove(caller, session, ports.now());
    return Refusals.asking(
            session, () -> Verdict.ok(reconcile.reconcile(session, caller.origin(), mayMove)))
        .then(done ->
            switch (done) {
              case UNTOUCHED, AGREED, COMPLETED -> Verdict.ok(fromRows(session, request, 0));
              case DOUBTED -> Refusals.missingOnce();
              case FAILED -> missing(session);
            });
  }

  private PartsAnswer fromRows(Session session, Request request, int afterNumber) {
    UUID sessionId = request.sessionId();
    return ports
        .work()
        .read(tx -> {
          List<Integer> uploaded = tx.parts().uploadedNumbers(sessionId);
          List<UploadPart> page =
              request.ranges()
                  ? List.of()
                  : tx.parts().page(sessionId, afterNumber, request.limit() + 1);
          return PartsAnswers.of(session, request, uploaded, page, issuances(tx, sessionId, page));
        });
  }

  private static List<Issuance> issuances(UploadStores tx, UUID sessionId, List<UploadPart> page) {
    return page.isEmpty()
        ? List.of()
        : tx.parts()
            .issuances(sessionId, page.getFirst().partNumber(), page.getLast().partNumber());
  }

  private Verdict<PartsAnswer> fromStorage(Session session, Request request, int afterNumber) {
    String uploadId = uploadIdOf(session.asOf(ports.now()));
    if (uploadId == null) {
      return Refusals.illegal("list the stored parts of", session);
    }
    // Later pages read on in the listing that the first one was of.
    Optional<List<StoredPart>> recent =
        afterNumber == 0 ? Optional.empty() : listings.of(uploadId, ports.now());
    return recent
        .map(parts -> Verdict.ok(fromStored(session, request, parts, afterNumber)))
        .orElseGet(
            () -> Refusals.asking(session, () -> ask(session, uploadId, request, afterNumber)));
  }

  private Verdict<PartsAnswer> ask(
      Session session, String uploadId, Request request, int afterNumber) {
    return switch (ports.storage().listParts(session.upload().location(), uploadId)) {
      case ListOutcome.Parts(List<StoredPart> parts) -> {
        if (parts.size() > request.limit()) {
          listings.keep(uploadId, parts, ports.now());
        }
        yield Verdict.ok(fromStored(session, request, parts, afterNumber));
      }
      case ListOutcome.NoSuchUpload() -> missing(session);
    };
  }

  private static Verdict<PartsAnswer> missing(Session session) {
    return Verdict.refused(
        Refusal.of(ErrorCode.STORAGE_UPLOAD_MISSING, "storage does not know the upload")
            .with("session_id", session.upload().sessionId().toString()));
  }

  private PartsAnswer fromStored(
      Session session, Request request, List<StoredPart> parts, int afterNumber) {
    Map<Integer, String> bound =
        ports.work().read(tx -> PartSums.bound(tx.parts(), session.upload()));
    List<UploadPart> listed = ReconcileUpload.listed(session.upload(), parts, bound);
    List<UploadPart> page =
        listed.stream()
            .filter(p -> p.partNumber() > afterNumber)
            .limit(request.limit() + 1L)
            .toList();
    List<Integer> uploaded =
        listed.stream().filter(UploadPart::isUploaded).map(UploadPart::partNumber).toList();
    List<Issuance> issued = ports.work().read(tx -> issuances(tx, request.sessionId(), page));
    return PartsAnswers.of(session, request, uploaded, page, issued);
  }

  private static @Nullable String uploadIdOf(Session session) {
    return switch (session) {
      case Session.Open open -> open.uploadId();
      case Session.Completing completing -> completing.uploadId();
      case Session.Expired expired -> expired.uploadId();
      case Session.Initiating s -> null;
      case Session.Completed s -> null;
      case Session.Aborting s -> null;
      case Session.Aborted s -> null;
      case Session.Failed s -> null;
    };
  }
}
