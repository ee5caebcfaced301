package io.waybill.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Picks from short lists, many thousand times a second. */
final class Pick {

  private Pick() {}

  static <T> List<T> all(List<T> of, Predicate<T> which) {
    List<T> those = new ArrayList<>();
    for (T one : of) {
      if (which.test(one)) {
        those.add(one);
      }
    }
    return those;
  }

  static <T> @Nullable T first(List<T> of, Predicate<T> which) {
    for (T one : of) {
      if (which.test(one)) {
        return one;
      }
    }
    return null;
  }
}
