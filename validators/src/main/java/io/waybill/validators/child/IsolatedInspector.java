package io.waybill.validators.child;

import io.waybill.core.validation.FileInspector;
import io.waybill.validators.Budget;
import io.waybill.validators.Head;
import io.waybill.validators.Validators;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.InspectionLimits;
import io.waybill.validators.reading.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Runs readers in processes of their own, one for each file that is inspected at a time; they are
 * used again. What ends such a process ends the judgement of one reader, as FAILED.
 */
public final class IsolatedInspector implements FileInspector {

  private final List<DatasetValidator> validators;
  private final Launch launch;
  private final InspectionLimits limits;
  private final ConcurrentLinkedDeque<Child> idle = new ConcurrentLinkedDeque<>();
  private final Set<Child> all = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("readers-clock").factory());
  private volatile boolean isClosed;

  /** Every reader of ours. */
  public IsolatedInspector(InspectionLimits limits) {
    this(Validators.all(), Launch.ours(), limits);
  }

  /**
   * @param launch starts a process that serves these readers
   */
  public IsolatedInspector(
      List<DatasetValidator> validators, Launch launch, InspectionLimits limits) {
    this.validators = List.copyOf(validators);
    this.launch = launch;
    this.limits = limits;
  }

  @Override
  public List<Judgement> inspect(Subject file, Bytes bytes) {
    Budget budget = new Budget(file, bytes, limits);
    byte[] head = Head.of(file, budget);
    List<Judgement> judgements = new ArrayList<>();
    for (DatasetValidator validator : validators) {
      if (validator.kind().takes(file, head)) {
        judgements.add(judge(validator.kind(), file, head, budget));
      }
    }
    return judgements;
  }

  private Judgement judge(Kind kind, Subject file, byte[] head, Budget budget) {
    Child child = take();
    boolean isGood = false;
    try {
      Exchange exchange = new Exchange(child, kind, budget, limits.time());
      Judgement judgement = exchange.judge(file.sizeBytes(), head);
      isGood = child.isAlive();
      return judgement;
    } finally {
      if (isGood) {
        giveBack(child);
      } else {
        all.remove(child);
        child.close();
      }
    }
  }

  private Child take() {
    for (Child child = idle.poll(); child != null; child = idle.poll()) {
      if (child.isAlive()) {
        return child;
      }
      all.remove(child);
    }
    try {
      Child child = Child.start(launch, limits, clock);
      all.add(child);
      if (isClosed) {
        child.close();
        throw new IllegalStateException("the inspector is closed");
      }
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void giveBack(Child child) {
    idle.push(child);
    if (isClosed) {
      child.close();
    }
  }

  /** The processes that are there now. */
  List<Long> pids() {
    return all.stream().map(Child::pid).toList();
  }

  /** Ends every process. Who waits for a judgement hears that its reader ended. */
  @Override
  public void close() {
    isClosed = true;
    all.forEach(Child::close);
    clock.shutdownNow();
  }
}
