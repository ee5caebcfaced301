package io.waybill.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as they come off the wire, where absent means empty. */
final class Lists {

  private Lists() {}

  static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
