package io.waybill.acceptance.traces;

import io.waybill.acceptance.traces.CollectorStub.Told;
import java.util.List;
import java.util.Optional;

/** How spans hang together. */
final class Trees {
  private Trees() {}

  /** Whether one is done inside the other, at any depth. */
  static boolean isBelow(Told above, Told span, List<Told> all) {
    Optional<Told> parent =
        all.stream().filter(other -> other.id().equals(span.parentId())).findFirst();
    return parent.isPresent() && (parent.get().equals(above) || isBelow(above, parent.get(), all));
  }
}
