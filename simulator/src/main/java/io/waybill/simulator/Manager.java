package io.waybill.simulator;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.upload.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who looks after what is around the uploads: devices, projects, members, keys, datasets.
 * One thing after the other, each asked for, under the same key and in whichever process, until it
 * is answered.
 */
final class Manager {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ORDERS = 4;

  private static final List<Deed.Kind> KINDS = List.of(Deed.Kind.values());

  private static final Set<ErrorCode> DEFECTS =
      EnumSet.of(
          ErrorCode.INTERNAL, ErrorCode.REQUEST_MALFORMED, ErrorCode.REQUEST_VALIDATION_FAILED);

  private final Life life;
  private final Identity identity;
  private final Supplier<List<UUID>> devices;

  /** How many orders are yet to be given. */
  private int left;

  private @Nullable Order order;
  private Instant again;

  /** A dataset that it has deleted, and may purge. */
  private @Nullable UUID thrownAway;

  private final List<Order> answered = new ArrayList<>();

  /**
   * Somebody who begins with nothing to do.
   *
   * @param devices those that are at work
   */
  Manager(Life life, Identity identity, Supplier<List<UUID>> devices) {
    this.life = life;
    this.identity = identity;
    this.devices = devices;
    this.left = life.dice.oneIn(2) ? MOST_ORDERS : 0;
    this.again = life.now();
  }

  /** Whether nothing waits for an answer. */
  boolean rests() {
    return order == null;
  }

  /** Asks again for what has not been answered; false when it is not the time for that. */
  boolean insists() {
    boolean isDue = order != null && !again.isAfter(life.now());
    if (isDue) {
      ask();
    }
    return isDue;
  }

  /** Wants something new, if it has an idea. */
  void wants() {
    if (order != null || left == 0) {
      return;
    }
    Order next = thrownAway != null && life.dice.oneIn(2) ? purge(thrownAway) : anything();
    if (next == null) {
      return;
    }
    left--;
    order = next;
    if (next.deed() == Deed.ENABLE_DEVICE) {
      life.bans.mayBeLifted(next.target());
    }
    if (next.deed() == Deed.FREE_PROJECT) {
      life.quota.mayBeLifted();
    }
    ask();
  }

  private Order purge(UUID dataset) {
    thrownAway = null;
    return order(Deed.PURGE_DATASET, dataset);
  }

  private @Nullable Order anything() {
    Deed.Kind kind = life.dice.of(KINDS);
    List<UUID> targets = targets(kind);
    return targets.isEmpty() ? null : order(life.dice.of(Deed.of(kind)), life.dice.of(targets));
  }

  private Order order(Deed deed, UUID target) {
    return new Order(deed, "manager-" + left, identity, life.project(), target);
  }

  private List<UUID> targets(Deed.Kind kind) {
    return switch (kind) {
      case DEVICE -> devices.get();
      case PROJECT, NEW -> List.of(life.project());
      case DATASET -> datasets().toList();
    };
  }

  private Stream<UUID> datasets() {
    return life.judge.sessions().stream().map(Session::upload).map(u -> u.owner().datasetId());
  }

  private void ask() {
    Order asked = order;
    if (asked == null) {
      return;
    }
    again = life.now().plus(PATIENCE);
    Replica at = life.anyReplica();
    life.start(
        new Flight(
            asked.id(),
            asked.deed().name(),
            at,
            () -> asked.carryOut(at.cases),
            end -> hear(asked, end)));
  }

  private void hear(Order asked, Flight.End end) {
    if (!asked.equals(order)) {
      return; // it was answered before
    }
    switch (end) {
      case Flight.End.Answered(Verdict.Refused<?>(Refusal refusal)) -> refused(asked, refusal);
      case Flight.End.Answered(Object _) -> done(asked);
      case Flight.End.Died(Outage _) -> again = life.now().plusSeconds(1);
      case Flight.End.Died(RuntimeException of) ->
          throw new Broken("a defect at " + asked.deed(), of);
    }
  }

  private void done(Order asked) {
    life.tell(() -> asked.id() + " is answered: " + asked.deed());
    answered.add(asked);
    order = null;
    switch (asked.deed()) {
      case DISABLE_DEVICE -> life.bans.isShut(asked.target(), life.now());
      case BIND_PROJECT -> life.quota.isSet();
      case DELETE_DATASET -> thrownAway = asked.target();
      default -> {}
    }
  }

  private void refused(Order asked, Refusal refusal) {
    if (DEFECTS.contains(refusal.code())) {
      throw new Broken("a manager met a defect at " + asked.deed() + ": " + refusal);
    }
    boolean leavesItToWorkers = asked.deed() == Deed.PURGE_DATASET && life.dice.oneIn(3);
    if (refusal.retryAfterSeconds() > 0 && !leavesItToWorkers) {
      again = life.now().plusSeconds(refusal.retryAfterSeconds());
    } else {
      order = null;
    }
  }

  /** What was done is in the audit trail, each step of it once however often it was asked for. */
  void isWrittenOnce() {
    for (Order done : answered) {
      Map<String, Long> rows =
          life.rows.audit().stream()
              .filter(row -> row.requestId().equals(done.id()) && row.result().equals("ok"))
              .collect(Collectors.groupingBy(AuditEvent::action, Collectors.counting()));
      boolean isTwice = rows.values().stream().anyMatch(times -> times > 1);
      if (isTwice || (rows.isEmpty() && done.deed().kind == Deed.Kind.NEW)) {
        throw new Broken(
            "%s of %s stands in the audit trail like this: %s"
                .formatted(done.deed(), done.id(), rows));
      }
    }
  }
}
