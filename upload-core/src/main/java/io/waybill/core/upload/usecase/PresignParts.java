package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.RateStanding;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore.UnderPolicy;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues URLs for parts: one read, signing without a connection, one row that says which. */
public final class PresignParts {

  private static final int RERUNS = 5;

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Signing signing;
  private final Issuing issuing;
  private final PresignRates rates;

  PresignParts(Ports<? extends UploadStores> ports, Limits limits, PresignRates rates) {
    this.ports = ports;
    this.limits = limits;
    this.signing = new Signing(ports);
    this.issuing = new Issuing(ports, new Chronicle(ports.ids()));
    this.rates = rates;
  }

  /**
   * Which parts, for how long, in which encoding.
   *
   * @param partNumbers in the order in which the client wants to send them
   * @param expiresInSeconds null for what the storage policy says
   * @param checksums by part number, in Base64: of all parts where the store checks them, else of
   *     none
   */
  public record Request(
      UUID sessionId,
      List<Integer> partNumbers,
      @Nullable Integer expiresInSeconds,
      boolean compact,
      Map<Integer, String> checksums,
      AnswerLimit limit) {
    public Request {
      partNumbers = List.copyOf(partNumbers);
      checksums = Map.copyOf(checksums);
    }
  }

  /** How often whoever calls may ask again, as this process knows it: no question to anybody. */
  public List<RateStanding> rates(Caller caller) {
    return rates.of(caller.identity());
  }

  public Verdict<PresignAnswer> handle(Caller caller, Request request) {
    return rates.take(caller.identity()).then(ok -> issueUrls(caller, request));
  }

  private Verdict<PresignAnswer> issueUrls(Caller caller, Request request) {
    for (int run = 1; run < RERUNS; run++) {
      Verdict<PresignAnswer> verdict = run(caller, request);
      boolean lostRace =
          verdict instanceof Verdict.Refused<PresignAnswer>(Refusal refusal)
              && refusal.code() == ErrorCode.REQUEST_VERSION_CONFLICT;
      if (!lostRace) {
        return verdict;
      }
    }
    return run(caller, request);
  }

  private Verdict<PresignAnswer> run(Caller caller, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    Optional<UnderPolicy> found =
        ports.work().read(tx -> tx.sessions().findUnderPolicy(tenantId, request.sessionId()));
    return SessionGate.pass(caller, found.map(UnderPolicy::session), Permission.UPLOAD_PRESIGN, now)
        .then(session -> openSession(session, now))
        .then(open -> check(open, request))
        .then(open -> issue(caller, open, request, found.orElseThrow().urlLife(), now));
  }

  private static Verdict<Session.Open> openSession(Session stored, Instant now) {
    return switch (stored.asOf(now)) {
      case Session.Initiated initiated -> Verdict.ok(initiated);
      case Session.Uploading uploading -> Verdict.ok(uploading);
      case Session.Paused s -> Refusals.illegal("issue URLs for", s);
      case Session.Initiating s -> Refusals.illegal("issue URLs for", s);
      case Session.Completing s -> Refusals.illegal("issue URLs for", s);
      case Session.Completed s -> Refusals.illegal("issue URLs for", s);
      case Session.Aborting s -> Refusals.illegal("issue URLs for", s);
      case Session.Aborted s -> Refusals.illegal("issue URLs for", s);
      case Session.Expired s -> Refusals.illegal("issue URLs for", s);
      case Session.Failed s -> Refusals.illegal("issue URLs for", s);
    };
  }

  private Verdict<Session.Open> check(Session.Open session, Request request) {
    List<FieldError> errors = partNumbers(session.upload().plan(), request);
    PartSums.check(session.upload(), request, errors);
    checkUrlLife(request.expiresInSeconds(), "expires_in_seconds", limits, errors);
    return errors.isEmpty() ? Verdict.ok(session) : Verdict.refused(Refusal.invalid(errors));
  }

  private List<FieldError> partNumbers(PartPlan plan, Request request) {
    List<FieldError> errors = new ArrayList<>();
    int asked = request.partNumbers().size();
    if (asked < 1 || asked > limits.batches().presignParts()) {
      errors.add(
          new FieldError(
              "part_numbers",
              EntryCode.UPLOAD_TOO_MANY_PARTS,
              "must name 1 to " + limits.batches().presignParts() + " parts"));
    }
    request.partNumbers().stream()
        .filter(n -> !plan.has(n))
        .findFirst()
        .ifPresent(n ->
            errors.add(
                new FieldError(
                    "part_numbers",
                    EntryCode.UPLOAD_PART_OUT_OF_RANGE,
                    "part " + n + " is not in 1.." + plan.partCount())));
    if (new HashSet<>(request.partNumbers()).size() != asked) {
      errors.add(
          new FieldError(
              "part_numbers", EntryCode.UPLOAD_PART_REPEATED, "names a part more than once"));
    }
    return errors;
  }

  /** Adds an error when a life is asked for that is out of bounds. */
  static void checkUrlLife(
      @Nullable Integer seconds, String field, Limits limits, List<FieldError> errors) {
    if (seconds == null) {
      return;
    }
    Duration life = Duration.ofSeconds(seconds);
    if (!limits.urlLife().allows(life)) {
      errors.add(
          new FieldError(
              field,
              EntryCode.UPLOAD_URL_LIFE_OUT_OF_RANGE,
              "must be %d to %d seconds"
                  .formatted(
                      limits.urlLife().shortest().toSeconds(),
                      limits.urlLife().longest().toSeconds())));
    }
  }

  private Verdict<PresignAnswer> issue(
      Caller caller, Session.Open session, Request request, Duration ofPolicy, Instant now) {
    if (Signing.isTooLate(session, now)) {
      return Refusals.illegal("issue URLs for", session.expire(now));
    }
    Duration life = Signing.lifeOf(request.expiresInSeconds(), ofPolicy);
    Instant until = Signing.endOf(session, life, now);
    int count = Backpressure.parts(request.partNumbers().size(), ports.store(), session);
    PresignAnswer answer = sign(session, request, count, until, now);
    while (!request.limit().fits(answer) && count > 1) {
      count = Math.max(1, Math.min(count - 1, shrink(count, answer, request.limit())));
      answer = sign(session, request, count, until, now);
    }
    if (!request.limit().fits(answer)) {
      return Verdict.refused(tooLarge(answer, request.limit()));
    }
    List<Integer> parts = request.partNumbers().subList(0, count);
    PresignAnswer urls = answer;
    return issuing
        .write(caller, session, new Issuing.Issued(parts, request.checksums(), until, now))
        .map(ok -> urls);
  }

  private PresignAnswer sign(
      Session.Open session, Request request, int count, Instant until, Instant now) {
    List<Integer> wanted = request.partNumbers();
    Integer next = count < wanted.size() ? wanted.get(count) : null;
    return signing.sign(
        session,
        new Signing.Wanted(wanted.subList(0, count), request.checksums(), request.compact()),
        until,
        now,
        next);
  }

  /** A guess at how many parts fit: the answer grows linearly with them. */
  private static int shrink(int count, PresignAnswer answer, AnswerLimit limit) {
    return Math.toIntExact(count * limit.maxBytes() / limit.sizeOf().applyAsLong(answer));
  }

  static Refusal tooLarge(Object answer, AnswerLimit limit) {
    return Refusal.of(
            ErrorCode.MQTT_RESPONSE_TOO_LARGE,
            "the smallest answer is larger than max_response_bytes; nothing was done")
        .with("needed_bytes", limit.sizeOf().applyAsLong(answer));
  }
}
