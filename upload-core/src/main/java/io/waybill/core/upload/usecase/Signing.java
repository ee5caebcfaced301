package io.waybill.core.upload.usecase;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartSignature;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns part numbers into URLs, in either encoding, by one code path. */
final class Signing {

  private static final String METHOD = "PUT";

  private final Ports<? extends UploadStores> ports;

  Signing(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  /** The life of a request's URLs: what it asks for, else what the storage policy says. */
  static Duration lifeOf(@Nullable Integer askedSeconds, Duration ofPolicy) {
    return askedSeconds == null ? ofPolicy : Duration.ofSeconds(askedSeconds);
  }

  /**
   * Whether a session is in its last second: a URL lives whole seconds and never longer than it.
   */
  static boolean isTooLate(Session.Open session, Instant now) {
    return session.upload().expiresAt().getEpochSecond() <= now.getEpochSecond();
  }

  /** A URL's end: as long as was asked for, but never after the session's. Whole seconds. */
  static Instant endOf(Session.Open session, Duration life, Instant now) {
    Instant wanted = Instant.ofEpochSecond(now.getEpochSecond()).plus(life);
    Instant sessionEnd = session.upload().expiresAt();
    return wanted.isAfter(sessionEnd) ? Instant.ofEpochSecond(sessionEnd.getEpochSecond()) : wanted;
  }

  /**
   * Signs parts of an open session.
   *
   * @param next the first part that was asked for and is not signed here; null when all are
   */
  PresignAnswer sign(
      Session.Open session,
      List<Integer> parts,
      boolean compact,
      Instant until,
      Instant now,
      @Nullable Integer next) {
    return sign(session, new Wanted(parts, Map.of(), compact), until, now, next);
  }

  /**
   * Parts to sign.
   *
   * @param sums by part number: of all of them where the session's storage checks sums
   */
  record Wanted(List<Integer> parts, Map<Integer, String> sums, boolean compact) {}

  /** The same for parts whose sums are known. */
  PresignAnswer sign(
      Session.Open session, Wanted wanted, Instant until, Instant now, @Nullable Integer next) {
    Upload upload = session.upload();
    Duration life = Duration.ofSeconds(until.getEpochSecond() - now.getEpochSecond());
    SignedParts signed =
        ports
            .signer()
            .signParts(
                new PartsToSign(
                    upload.location(),
                    session.uploadId(),
                    lengths(upload.plan(), wanted),
                    upload.protection().checksum().algorithm(),
                    now,
                    life));
    return wanted.compact()
        ? compact(upload, signed, until, life, next)
        : full(upload, signed, wanted.sums(), until, life, next);
  }

  private static List<PartLength> lengths(PartPlan plan, Wanted wanted) {
    return wanted.parts().stream()
        .map(n -> new PartLength(n, plan.sizeOf(n), wanted.sums().get(n)))
        .toList();
  }

  private static PresignAnswer.Full full(
      Upload upload,
      SignedParts signed,
      Map<Integer, String> sums,
      Instant until,
      Duration life,
      @Nullable Integer next) {
    return new PresignAnswer.Full(
        upload.sessionId(),
        METHOD,
        until,
        life.toSeconds(),
        signed.signatures().stream().map(part -> row(upload, signed, part, sums)).toList(),
        next);
  }

  private static PresignAnswer.Part row(
      Upload upload, SignedParts signed, PartSignature part, Map<Integer, String> sums) {
    PartPlan plan = upload.plan();
    int number = part.partNumber();
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    String sum = sums.get(number);
    return new PresignAnswer.Part(
        number,
        signed.url(part),
        plan.sizeOf(number),
        plan.startOf(number),
        plan.endOf(number),
        algorithm == null || sum == null ? Map.of() : Map.of(algorithm.header(), sum));
  }

  private static PresignAnswer.Compact compact(
      Upload upload, SignedParts signed, Instant until, Duration life, @Nullable Integer next) {
    ChecksumAlgorithm algorithm = upload.protection().checksum().algorithm();
    Map<Integer, String> signatures = new TreeMap<>();
    signed.signatures().forEach(part -> signatures.put(part.partNumber(), part.signature()));
    return new PresignAnswer.Compact(
        upload.sessionId(),
        METHOD,
        until,
        life.toSeconds(),
        signed.urlTemplate(),
        upload.plan().partSizeBytes(),
        upload.plan().fileSizeBytes(),
        algorithm == null ? List.of() : List.of(algorithm.header()),
        signatures,
        next);
  }
}
