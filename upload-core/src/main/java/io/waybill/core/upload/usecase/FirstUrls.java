package io.waybill.core.upload.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The URLs of an object's first parts, in the answer that made the object. */
final class FirstUrls {

  private final Ports<? extends UploadStores> ports;
  private final Signing signing;
  private final Chronicle chronicle;

  FirstUrls(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.signing = new Signing(ports);
    this.chronicle = chronicle;
  }

  /**
   * URLs, and the move that their issue makes.
   *
   * @param move of a session that stands when it was UPLOADING already: should it no longer be, its
   *     URLs were never issued
   */
  private record Issued(PresignAnswer urls, Transition move) {}

  /** What is asked for, by whom, and when. */
  private record Wish(NewTask.Presign presign, Duration urlLife, Origin origin, Instant now) {}

  /** Empty where the state forbids URLs, and where they need sums. */
  private Optional<Issued> issue(Session stored, Wish wish) {
    return switch (stored.asOf(wish.now())) {
      case Session.Open open when Signing.isTooLate(open, wish.now()) -> Optional.empty();
      case Session.Open open when open.upload().protection().checksum().algorithm() != null ->
          Optional.empty(); // nobody has told the sums yet
      case Session.Initiated initiated ->
          Optional.of(sign(initiated, initiated.start(wish.now()), wish));
      case Session.Uploading uploading -> Optional.of(sign(uploading, uploading, wish));
      case Session.Paused s -> Optional.empty();
      case Session.Initiating s -> Optional.empty();
      case Session.Completing s -> Optional.empty();
      case Session.Completed s -> Optional.empty();
      case Session.Aborting s -> Optional.empty();
      case Session.Aborted s -> Optional.empty();
      case Session.Expired s -> Optional.empty();
      case Session.Failed s -> Optional.empty();
    };
  }

  private Issued sign(Session.Open open, Session.Uploading after, Wish wish) {
    NewTask.Presign presign = wish.presign();
    Instant now = wish.now();
    int partCount = open.upload().plan().partCount();
    List<Integer> parts =
        IntStream.rangeClosed(1, Math.min(presign.first(), partCount)).boxed().toList();
    Duration life = Signing.lifeOf(presign.expiresInSeconds(), wish.urlLife());
    Instant until = Signing.endOf(open, life, now);
    Integer next = parts.size() < partCount ? parts.size() + 1 : null;
    PresignAnswer urls = signing.sign(open, parts, presign.compact(), until, now, next);
    Facts issued = chronicle.presigned(after, parts, until, wish.origin(), now);
    Transition move =
        open instanceof Session.Initiated
            ? new Transition(open, after, chronicle.started(after, wish.origin()).and(issued))
            : Transition.standing(after, issued);
    return new Issued(urls, move);
  }

  /** An answer with URLs, and the moves that their issue adds to those of storage. */
  record Signed(Answer.Task answer, List<Transition> moves) {}

  /** Signs the first parts of every object that allows it, unless the answer would not fit. */
  Signed sign(
      TaskDraft draft,
      List<Transition> moves,
      NewTask.@Nullable Presign presign,
      Origin origin,
      AnswerLimit limit) {
    Instant now = ports.now();
    Answer.Task bare = TaskAnswers.of(draft.task(), draft.sessions(), now);
    if (presign == null) {
      return new Signed(bare, moves);
    }
    Wish wish = new Wish(presign, draft.urlLife(), origin, now);
    Map<UUID, Transition> bySession = new LinkedHashMap<>();
    moves.forEach(move -> bySession.put(move.after().upload().sessionId(), move));
    List<Session> sessions = new ArrayList<>(draft.sessions());
    List<Answer.TaskObject> objects = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      Optional<Issued> issued = issue(sessions.get(i), wish);
      if (issued.isPresent()) {
        Transition move = issued.get().move();
        bySession.merge(move.after().upload().sessionId(), move, FirstUrls::chain);
        sessions.set(i, move.after());
      }
      objects.add(
          TaskAnswers.of(draft.task().objects().get(i), sessions.get(i), now)
              .withPresigned(issued.map(Issued::urls).orElse(null)));
    }
    Answer.Task full = TaskAnswers.of(draft.task(), sessions, now).withObjects(objects);
    return limit.fits(full)
        ? new Signed(full, List.copyOf(bySession.values()))
        : new Signed(bare, moves);
  }

  /** Two moves of one session, written as one. */
  private static Transition chain(Transition first, Transition second) {
    return new Transition(first.before(), second.after(), first.facts().and(second.facts()));
  }

  /**
   * An answer that is given again, with URLs for what its sessions are now: none for a session that
   * has moved on to where there are none, or that a retry has replaced.
   */
  Answer.Task again(
      Answer.Task first, UUID tenantId, NewTask.Presign wish, Origin origin, AnswerLimit limit) {
    return ports
        .work()
        .commit(tx -> {
          TaskDraft current = TaskDraft.load(tx, tenantId, first.projectId(), first.taskId());
          Signed signed = sign(current, List.of(), wish, origin, limit);
          // URLs that nobody will be given were never issued.
          Set<UUID> issued =
              tx.sessions()
                  .apply(signed.moves().stream().filter(move -> isOf(first, move)).toList());
          return merge(first, signed.answer(), issued);
        });
  }

  private static boolean isOf(Answer.Task first, Transition move) {
    UUID sessionId = move.after().upload().sessionId();
    return first.objects().stream().anyMatch(object -> object.sessionId().equals(sessionId));
  }

  private static Answer.Task merge(Answer.Task first, Answer.Task signed, Set<UUID> issued) {
    List<Answer.TaskObject> objects = new ArrayList<>();
    for (int i = 0; i < first.objects().size(); i++) {
      Answer.TaskObject object = first.objects().get(i);
      PresignAnswer urls = signed.objects().get(i).presigned();
      objects.add(object.withPresigned(issued.contains(object.sessionId()) ? urls : null));
    }
    return first.withObjects(objects);
  }
}
