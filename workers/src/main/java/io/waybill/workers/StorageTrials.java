package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.work.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries once, for each bucket that policies can name, what its store does. What could not be tried
 * is tried again in the next round; when all is known, nothing is asked of anybody any more.
 */
final class StorageTrials implements Round {
  private final ProbeStorage probing;
  private final List<Place> left;

  StorageTrials(ProbeStorage probing) {
    this.probing = probing;
    this.left = new ArrayList<>(probing.places());
  }

  @Override
  public Pass run() {
    int tried = 0;
    List<Outage> outages = new ArrayList<>();
    for (Place place : List.copyOf(left)) {
      try {
        probing.handleOnce(place);
        tried++;
        left.remove(place);
      } catch (Outage outage) {
        outages.add(outage);
      }
    }
    if (!outages.isEmpty()) {
      throw outages.getFirst();
    }
    return Pass.whole(tried);
  }
}
