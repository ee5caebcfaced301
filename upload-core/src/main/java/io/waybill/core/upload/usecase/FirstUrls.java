package io.waybill.core.upload.usecase;

import io.waybill.core.event.Facts;
import io.waybill.core.event.Origin;
import io.waybill.core.event.Transition;
import io.waybill.core.port.Ports;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The URLs of an object's first parts, in the answer that made the object. */
final class FirstUrls {

  private final Signing signing;
  private final Chronicle chronicle;

  FirstUrls(Ports ports, Chronicle chronicle) {
    this.signing = new Signing(ports);
    this.chronicle = chronicle;
  }

  /**
   * URLs, and the move that their issue makes.
   *
   * @param move nothing but facts when the session was UPLOADING already
   */
  record Issued(PresignAnswer urls, Transition move) {}

  /** Empty where the state forbids URLs: paused, finished, failed, expired. */
  Optional<Issued> issue(
      Session stored, NewTask.@Nullable Presign wish, Origin origin, Instant now) {
    if (wish == null) {
      return Optional.empty();
    }
    return switch (stored.asOf(now)) {
      case Session.Initiated initiated ->
          Optional.of(sign(stored, initiated, initiated.start(now), wish, origin, now));
      case Session.Uploading uploading ->
          Optional.of(sign(stored, uploading, uploading, wish, origin, now));
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

  private Issued sign(
      Session before,
      Session.Open open,
      Session.Uploading after,
      NewTask.Presign wish,
      Origin origin,
      Instant now) {
    int partCount = open.upload().plan().partCount();
    List<Integer> parts =
        IntStream.rangeClosed(1, Math.min(wish.first(), partCount)).boxed().toList();
    Integer seconds = wish.expiresInSeconds();
    Duration life = seconds == null ? PresignParts.DEFAULT_URL_LIFE : Duration.ofSeconds(seconds);
    Instant until = Signing.endOf(open, life, now);
    Integer next = parts.size() < partCount ? parts.size() + 1 : null;
    PresignAnswer urls = signing.sign(open, parts, wish.compact(), until, now, next);
    Facts facts = chronicle.presigned(after, parts, until, origin, now);
    return new Issued(urls, new Transition(before, after, facts));
  }
}
