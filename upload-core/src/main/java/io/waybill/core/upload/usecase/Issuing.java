package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes down that URLs are given, before they are. */
final class Issuing {

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  Issuing(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.chronicle = chronicle;
  }

  /**
   * What is given.
   *
   * @param sums that are signed into the URLs, by part number; of other parts, too, perhaps
   * @param until when the URLs end
   */
  record Issued(List<Integer> parts, Map<Integer, String> sums, Instant until, Instant now) {

    Issued {
      sums = new TreeMap<>(sums);
      sums.keySet().retainAll(parts);
    }
  }

  /** The first URL moves the session to UPLOADING; every later one only adds a row. */
  Verdict<Session> write(Caller caller, Session.Open session, Issued issued) {
    Facts facts =
        chronicle.presigned(session, issued.parts(), issued.until(), caller.origin(), issued.now());
    if (session instanceof Session.Initiated initiated) {
      Session.Uploading started = initiated.start(issued.now());
      Facts both = chronicle.started(started, caller.origin()).and(facts);
      Transition move = new Transition(initiated, started, both);
      return write(session, issued, tx -> tx.sessions().apply(List.of(move))).isEmpty()
          ? Verdict.refused(
              ErrorCode.REQUEST_VERSION_CONFLICT,
              "the session is being changed by others; try again")
          : Verdict.ok(started);
    }
    return write(
        session,
        issued,
        tx -> {
          tx.events().append(facts);
          return Verdict.ok(session);
        });
  }

  /** One statement; one more where sums are signed, which are looked for when all is sent. */
  private <T> T write(Session.Open session, Issued issued, Function<UploadStores, T> work) {
    if (issued.sums().isEmpty()) {
      return ports.work().alone(work);
    }
    return ports
        .work()
        .commit(tx -> {
          tx.parts().bindSums(session.upload().sessionId(), issued.sums());
          return work.apply(tx);
        });
  }
}
