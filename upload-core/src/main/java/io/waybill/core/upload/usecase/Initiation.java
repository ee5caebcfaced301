package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.idempotency.Once;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the multipart uploads of INITIATING sessions. Walked by the call that made them, by the
 * same call repeated, and by the worker that finds them; compare-and-set decides whose upload id
 * stays.
 */
final class Initiation {

  /** The answer waits for them, too, and they are few. */
  private static final Duration FOR_ALL_LOSERS = Duration.ofSeconds(1);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  Initiation(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.chronicle = chronicle;
  }

  /**
   * What storage answered, not yet written.
   *
   * @param moves to INITIATED or FAILED, for every session that storage gave an answer for
   * @param outage why some have none
   */
  private record Asked(List<Transition> moves, Optional<Outage.Storage> outage) {}

  private Asked ask(List<Session.Initiating> sessions, Origin origin, Map<String, Object> details) {
    List<CreateOutcome> outcomes =
        sessions.isEmpty()
            ? List.of()
            : ports
                .storage()
                .createUploads(sessions.stream().map(session -> wish(session.upload())).toList());
    Instant now = ports.now();
    List<Transition> moves = new ArrayList<>();
    Optional<Outage.Storage> outage = Optional.empty();
    for (int i = 0; i < sessions.size(); i++) {
      Session.Initiating session = sessions.get(i);
      switch (outcomes.get(i)) {
        case CreateOutcome.Created(String uploadId) ->
            moves.add(
                chronicle.moved(
                    session,
                    session.initiated(uploadId, now),
                    UploadEvent.INITIATED,
                    origin,
                    details));
        case CreateOutcome.Refused(String storageCode, String message) ->
            moves.add(refused(session, storageCode, message, origin, now));
        case CreateOutcome.Unavailable(Outage.Storage cause) -> outage = Optional.of(cause);
      }
    }
    return new Asked(moves, outage);
  }

  /**
   * Opens what nobody waits for any more.
   *
   * @param details what else is told of it
   * @return why it stays INITIATING; empty when it does not
   */
  Optional<Outage.Storage> openLater(Session.Initiating session, Map<String, Object> details) {
    Asked asked = ask(List.of(session), Origin.WORKER, details);
    if (asked.outage().isEmpty()) {
      abortLosers(asked.moves(), ports.work().commit(tx -> tx.sessions().apply(asked.moves())));
    }
    return asked.outage();
  }

  /**
   * Opens a command's new sessions, and settles its key in the transaction that writes them. Who
   * loses a race goes on from where the winner has brought the sessions.
   */
  <A> Verdict<A> open(Once<UploadStores, A> once, Origin origin, NewSessions<A> sessions) {
    Asked asked = ask(sessions.initiating(), origin, Map.of());
    if (asked.outage().isPresent()) {
      return interrupted(once, asked, asked.outage().get(), sessions.kept());
    }
    NewSessions.Opened<A> opened = sessions.after(asked.moves());
    Set<UUID> winners = ports.work().commit(tx -> write(tx, once, opened));
    abortLosers(asked.moves(), winners);
    return winners.size() < opened.moves().size()
        ? open(once, origin, sessions.asTheyAre())
        : opened.answer();
  }

  /** Writes all moves; the key is settled only when none of them was lost. */
  private <A> Set<UUID> write(
      UploadStores tx, Once<UploadStores, A> once, NewSessions.Opened<A> opened) {
    Set<UUID> winners = tx.sessions().apply(opened.moves());
    if (winners.size() == opened.moves().size()) {
      switch (opened.answer()) {
        case Verdict.Ok<A>(A answer) -> once.remember(tx, answer, ports.now());
        case Verdict.Refused<A> refused -> once.discard(tx);
      }
    }
    return winners;
  }

  /** What storage did answer is written; the same call goes on with the rest at once. */
  private <A> Verdict<A> interrupted(
      Once<UploadStores, A> once, Asked asked, Outage.Storage outage, String kept) {
    Set<UUID> winners =
        ports
            .work()
            .commit(tx -> {
              Set<UUID> won = tx.sessions().apply(asked.moves());
              once.release(tx, ports.now()); // after the sessions, as everywhere
              return won;
            });
    abortLosers(asked.moves(), winners);
    return Refusals.ofStorage(outage, kept);
  }

  private Transition refused(
      Session.Initiating session, String storageCode, String message, Origin origin, Instant now) {
    LastError error =
        new LastError(
            LastError.Code.STORAGE_REFUSED, "storage said " + storageCode + ": " + message, now);
    return chronicle.moved(
        session,
        session.refuse(error),
        UploadEvent.FAILED,
        origin,
        Map.of("error_code", error.code().toString(), "storage_code", storageCode));
  }

  /** What storage is told of an object that is to be. */
  static NewUpload wish(Upload upload) {
    return new NewUpload(
        upload.location(), upload.contentType(), upload.protection(), upload.lockedUntil());
  }

  /** The losers of races abort the uploads they made; what they miss, the orphan sweep finds. */
  void abortLosers(List<Transition> moves, Set<UUID> winners) {
    ObjectStore briefly = ports.store().within(FOR_ALL_LOSERS);
    for (Transition move : moves) {
      String uploadId = uploadIdOf(move.after());
      if (uploadId != null && !winners.contains(move.after().upload().sessionId())) {
        abort(briefly, move.after().upload(), uploadId);
      }
    }
  }

  private static void abort(ObjectStore store, Upload upload, String uploadId) {
    try {
      store.abort(upload.location(), uploadId);
    } catch (Outage.Storage outage) {
      // The upload stays behind as an orphan; storage's own expiry or the sweep ends it.
    }
  }

  private static @Nullable String uploadIdOf(Session session) {
    return session instanceof Session.Open open ? open.uploadId() : null;
  }
}
