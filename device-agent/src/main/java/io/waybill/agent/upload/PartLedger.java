package io.waybill.agent.upload;

import io.waybill.agent.spool.PartSums;
import io.waybill.agent.spool.SentPart;
import io.waybill.agent.spool.ServerSide;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Where every part of one file is: to be sent, under way, stored, acknowledged. */
final class PartLedger {

  private final ServerSide plan;
  private final long sizeBytes;
  private final PartSums sums;
  private final @Nullable String[] etags;
  private final BitSet stored = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private final BitSet underWay = new BitSet();
  private final Map<Integer, PartTrouble> troubles = new HashMap<>();

  PartLedger(ServerSide plan, long sizeBytes, PartSums sums) {
    this.plan = plan;
    this.sizeBytes = sizeBytes;
    this.sums = sums;
    this.etags = new @Nullable String[plan.partCount() + 1];
  }

  /** Takes up what was written down; the server's word comes later. */
  void recall(List<SentPart> sent) {
    for (SentPart part : sent) {
      etags[part.number()] = part.etag();
      stored.set(part.number());
      acknowledged.set(part.number(), part.acknowledged());
    }
  }

  /**
   * The server has compared its rows with the store: this is what there is. A part counts only when
   * it is known what was sent as it.
   *
   * @return how many parts do not
   */
  int reconciled(BitSet found) {
    stored.clear();
    stored.or(found);
    stored.and(sums.known());
    acknowledged.clear();
    acknowledged.or(stored);
    troubles.clear();
    return found.cardinality() - stored.cardinality();
  }

  PartSums sums() {
    return sums;
  }

  /** The sum of the whole, of what was sent as its parts; only when all are stored. */
  int sentSum() {
    int whole = 0;
    for (int part = 1; part <= count(); part++) {
      whole = Crc32cSums.joined(whole, sums.of(part), length(part));
    }
    return whole;
  }

  void lost(List<Integer> parts) {
    for (int part : parts) {
      if (part >= 1 && part <= plan.partCount()) {
        stored.clear(part);
        acknowledged.clear(part);
      }
    }
  }

  long offset(int part) {
    return (part - 1) * plan.partSizeBytes();
  }

  long length(int part) {
    return Math.min(plan.partSizeBytes(), sizeBytes - offset(part));
  }

  int count() {
    return plan.partCount();
  }

  int storedCount() {
    return stored.cardinality();
  }

  long storedBytes() {
    int last = plan.partCount();
    long whole = (long) (storedCount() - (stored.get(last) ? 1 : 0)) * plan.partSizeBytes();
    return whole + (stored.get(last) ? length(last) : 0);
  }

  int underWayCount() {
    return underWay.cardinality();
  }

  boolean allStored() {
    return storedCount() == plan.partCount();
  }

  /** The next parts to send, lowest first, as far as they may be sent by {@code nanoTime}. */
  List<Integer> next(int most, long nanoTime, IntPredicate wanted) {
    List<Integer> parts = new ArrayList<>();
    for (int part = 1; part <= plan.partCount() && parts.size() < most; part++) {
      part = nextIdle(part);
      if (part <= plan.partCount() && maySend(part, nanoTime) && wanted.test(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Whether there are parts that are neither stored nor on their way. */
  boolean unsent() {
    return nextIdle(1) <= plan.partCount();
  }

  private int nextIdle(int from) {
    int part = stored.nextClearBit(from);
    while (underWay.get(part)) {
      part = stored.nextClearBit(part + 1);
    }
    return part;
  }

  private boolean maySend(int part, long nanoTime) {
    PartTrouble trouble = troubles.get(part);
    return trouble == null || nanoTime - trouble.notBefore() >= 0;
  }

  void started(int part) {
    underWay.set(part);
  }

  void stored(int part, String etag) {
    underWay.clear(part);
    stored.set(part);
    etags[part] = etag;
    troubles.remove(part);
  }

  PartTrouble failed(int part) {
    underWay.clear(part);
    return troubles.computeIfAbsent(part, any -> new PartTrouble());
  }

  /** Stored parts that the server has not been told of. */
  List<SentPart> unacknowledged(int most) {
    List<SentPart> parts = new ArrayList<>();
    for (int part = stored.nextSetBit(1);
        part > 0 && parts.size() < most;
        part = stored.nextSetBit(part + 1)) {
      String etag = etags[part];
      if (!acknowledged.get(part) && etag != null) {
        parts.add(new SentPart(part, etag, false));
      }
    }
    return parts;
  }

  void acknowledged(List<SentPart> parts) {
    parts.forEach(part -> acknowledged.set(part.number()));
  }

  /** For the manifest. A part that only the server remembers has no ETag here and needs none. */
  List<SentPart> sent() {
    return stored.stream()
        .mapToObj(part -> {
          String etag = etags[part];
          return new SentPart(part, etag == null ? "" : etag, acknowledged.get(part));
        })
        .toList();
  }
}
