package io.waybill.core.delivery;

import io.waybill.core.work.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to whom. Events are looked at once for each sink, in the order of their
 * transactions and only below every running one, so that none is skipped, however late it commits.
 */
public interface DeliveryStore {

  /**
   * What came of a look.
   *
   * @param events how many were looked at: as many as the limit when there may be more
   * @param isHeldBack whether there are others, which a running transaction may still come before
   */
  record Looked(int events, boolean isHeldBack) {
    public static final Looked NOTHING = new Looked(0, false);
  }

  /**
   * Looks at the next events for a sink and makes deliveries of those that interest it. One relay
   * at a time does so; for whoever comes second there is nothing to look at.
   */
  Looked fanOut(String sink, Sink.Interest interest, IdSource ids, Instant now, int limit);

  /**
   * How much is claimed at once.
   *
   * @param except endpoints that are left alone
   * @param each how many to one endpoint; 0 for a sink that has none
   * @param limit how many in all
   */
  record Share(String sink, Set<String> except, int each, int limit) {
    public Share {
      except = Set.copyOf(except);
    }

    /** Of a sink that has no endpoints. */
    public static Share of(String sink, int limit) {
      return new Share(sink, Set.of(), 0, limit);
    }

    /** Of all its endpoints but some, to each so many at most. */
    public static Share ofEndpoints(String sink, Set<String> except, int each, int limit) {
      return new Share(sink, except, each, limit);
    }

    public boolean isOfEndpoints() {
      return each > 0;
    }
  }

  /**
   * Claims deliveries that are due, one of each aggregate and endpoint at most, and none before an
   * earlier one of the same aggregate to the same endpoint is delivered or a dead letter; none at
   * all while there are events that were not looked at. What was tried too often already becomes a
   * dead letter instead.
   *
   * @param until when they are due again, should nobody settle them
   */
  List<Delivery> claim(Share share, Instant now, Instant until);

  /**
   * Writes down what came of tries, but of those that somebody else has claimed since.
   *
   * @param outcomes deliveries as they are from now on, each under the claim that it was tried with
   * @return how many it wrote
   */
  int settle(List<Delivery> outcomes);

  /**
   * What is looked for; null means that it may be anything.
   *
   * @param before the last id of the page before; null for the first page
   */
  record Query(
      UUID tenantId,
      @Nullable DeliveryStatus status,
      @Nullable String sink,
      @Nullable UUID before,
      int limit) {}

  /** A tenant's deliveries, newest first. */
  List<Delivery> list(Query query);

  /** Makes what is delivered or a dead letter due again, and leaves what is under way alone. */
  Optional<Delivery> replay(UUID tenantId, UUID deliveryId, Instant now);

  /**
   * The backlog of each sink.
   *
   * @param most how many are counted
   */
  List<Backlog> backlog(int most);

  /** How long what has been told is kept. */
  record Keeping(Duration events, Duration deadLetters) {}

  /**
   * Deletes events, with their deliveries, that every sink was told so long ago, oldest first; how
   * many there were.
   */
  int forget(Instant now, Keeping keeping, int limit);
}
