package io.waybill.core.validation.usecase;

import io.waybill.core.Outage;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.ValidationQueue.Depth;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.validation.FileInspector;
import io.waybill.core.validation.Pace;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks at what was uploaded before anybody may use it, or, where only its sum is to be checked
 * afterwards, soon after. What storage does not have, or has other bytes of than its client has
 * summed, is REJECTED: it is to be sent again. What its own readers find fault with is QUARANTINED:
 * the bytes are those that were sent, and somebody is to look. Safe in every replica at once; one
 * that dies leaves a claim that ends.
 */
public final class ValidateDatasets implements AutoCloseable {

  /** How long a claimed one is left to its worker, from each sign of life; and after an outage. */
  static final Duration CLAIM = Duration.ofSeconds(60);

  private final Ports<? extends DatasetStores> ports;
  private final FileInspector inspector;
  private final Inspection inspection;
  private final Judging judging;

  public ValidateDatasets(
      Ports<? extends DatasetStores> ports,
      ObjectReader reader,
      FileInspector inspector,
      Pace pace) {
    this.ports = ports;
    this.inspector = inspector;
    this.inspection = new Inspection(ports, reader, inspector, pace);
    this.judging = new Judging(ports);
  }

  /** Datasets that are due, at most so many, each left to this caller for a minute. */
  public List<Due> claim(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.validationQueue().claim(now, now.plus(CLAIM), limit));
  }

  /**
   * Looks at one claimed dataset and writes what became of it. An outage of the database throws.
   *
   * @return why it is not at its end: storage does not answer, or refuses us, and it stays due
   */
  public Optional<Outage.Storage> walk(Due due) {
    try {
      Inspection.Report report =
          ports.heartbeat().during(() -> inspection.of(due), () -> keep(due));
      judging.settle(due, report);
      return Optional.empty();
    } catch (Outage.Storage outage) {
      return Optional.of(outage);
    }
  }

  /** How many wait or are being looked at. */
  public Depth depth() {
    return ports.work().read(tx -> tx.validationQueue().depth());
  }

  /** Ends what looking has left running. */
  @Override
  public void close() {
    inspector.close();
  }

  private boolean keep(Due due) {
    UUID id = due.dataset().datasetId();
    Instant until = ports.now().plus(CLAIM);
    return ports.work().read(tx -> tx.validationQueue().keep(id, due.attempt(), until));
  }
}
