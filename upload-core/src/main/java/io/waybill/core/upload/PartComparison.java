package io.waybill.core.upload;

import io.waybill.core.storage.StoredPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What storage has, beside what the plan wants: 1..partCount, each of its exact size.
 *
 * @param missing part numbers of the plan that storage lacks
 * @param wrong part numbers that storage has with another size, or that the plan does not know
 */
public record PartComparison(List<Integer> missing, List<Integer> wrong) {

  /** How many part numbers an answer names at most; their count is told beside them. */
  private static final int NAMED = 1000;

  public PartComparison {
    missing = List.copyOf(missing);
    wrong = List.copyOf(wrong);
  }

  public static PartComparison of(PartPlan plan, List<StoredPart> stored) {
    BitSet seen = new BitSet(plan.partCount() + 1);
    List<Integer> wrong = new ArrayList<>();
    for (StoredPart part : stored) {
      int number = part.partNumber();
      if (!plan.has(number) || part.sizeBytes() != plan.sizeOf(number)) {
        wrong.add(number);
      }
      if (plan.has(number)) {
        seen.set(number);
      }
    }
    return new PartComparison(missing(plan, seen), wrong);
  }

  /** The same where these are not right either. */
  public PartComparison andWrong(List<Integer> more) {
    return more.isEmpty()
        ? this
        : new PartComparison(
            missing, Stream.concat(wrong.stream(), more.stream()).distinct().sorted().toList());
  }

  /** Whether storage has the plan's parts, each of its size, and no others. */
  public boolean isExact() {
    return missing.isEmpty() && wrong.isEmpty();
  }

  /** The plan's parts that are not among these numbers. */
  public static List<Integer> missing(PartPlan plan, List<Integer> numbers) {
    BitSet seen = new BitSet(plan.partCount() + 1);
    numbers.forEach(seen::set);
    return missing(plan, seen);
  }

  /** The first of them, as many as an answer names. */
  public static List<Integer> named(List<Integer> partNumbers) {
    return partNumbers.subList(0, Math.min(partNumbers.size(), NAMED));
  }

  private static List<Integer> missing(PartPlan plan, BitSet seen) {
    List<Integer> missing = new ArrayList<>();
    for (int n = seen.nextClearBit(1); n <= plan.partCount(); n = seen.nextClearBit(n + 1)) {
      missing.add(n);
    }
    return missing;
  }
}
