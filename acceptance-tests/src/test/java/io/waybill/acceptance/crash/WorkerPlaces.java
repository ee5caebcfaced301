package io.waybill.acceptance.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where workers die: each kind of unfinished session at every place that its walk can have. */
final class WorkerPlaces {
  /** A claim, a takeover, list, complete, head, and the commit. */
  static final int MOST = 6;

  private final Map<String, Integer> next = new HashMap<>();

  /** One worker for each session that is due, in the order in which they will be claimed. */
  List<Victim> of(List<String> dueStates) {
    List<Victim> workers = new ArrayList<>();
    for (String state : dueStates) {
      int place = next.merge(state, 1, Integer::sum) - 1;
      workers.add(
          Victim.of(Scenario.REDRIVE, "worker-" + state + "-" + workers.size(), place % MOST));
    }
    return workers;
  }
}
