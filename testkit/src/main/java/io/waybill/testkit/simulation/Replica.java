package io.waybill.testkit.simulation;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.Stores;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.testkit.simulation.Tape.Part;
import io.waybill.testkit.simulation.Tape.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One process of ours with a clock of its own: the real use cases. Whatever they ask of the world
 * goes over the tape of the call that is running.
 */
final class Replica {

  final String name;
  final Duration skew;
  private final Life life;
  private Tape running = new Tape();
  private boolean inTransaction;
  final UploadUseCases cases;

  Replica(String name, Life life, Duration skew) {
    this.name = name;
    this.life = life;
    this.skew = skew;
    this.cases =
        UploadUseCases.over(
            new Ports<Stores>(
                new AskedDatabase(),
                new AskedStore(),
                new MemorySigner(),
                () -> atOnce(life.ids::next),
                () -> atOnce(() -> life.now().plus(skew)),
                this::beating),
            Limits.standard(),
            "default");
  }

  /** Runs a call of this process as far as its tape goes. */
  Tape.Stand run(Tape tape, Supplier<?> call) {
    running = tape;
    return tape.run(call);
  }

  /**
   * What is always answered at once. Inside a transaction nothing is kept of it: the transaction's
   * own answer is.
   */
  private <T> T atOnce(Supplier<T> effect) {
    return inTransaction ? effect.get() : running.askNow(effect);
  }

  private <T> T inTransaction(Supplier<T> work) {
    inTransaction = true;
    try {
      return work.get();
    } finally {
      inTransaction = false;
    }
  }

  /** The beat may come in time before the work is over, or not: a process can stand still. */
  private <T> T beating(Supplier<T> work, Supplier<Boolean> renew) {
    boolean beats = running.askNow(() -> life.dice.oneIn(2));
    if (beats) {
      boolean _ = renew.get();
    }
    return work.get();
  }

  /** Transactions, each one question. */
  private final class AskedDatabase implements Work<Stores> {

    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
      return ask("commit", () -> life.rows.write(work));
    }

    @Override
    public <T> T read(Function<? super Stores, T> work) {
      return ask("read", () -> life.rows.read(work));
    }

    private <T> T ask(String name, Supplier<T> effect) {
      return running.ask(
          new Question<>(
              Part.DATABASE,
              name,
              () -> inTransaction(effect),
              () -> {
                throw Outage.database("the database is away", new IOException("simulated"));
              }));
    }
  }

  /** Calls of the store, each one question. */
  private final class AskedStore implements ObjectStore {

    @Override
    public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
      CreateOutcome silent = new CreateOutcome.Unavailable(away());
      return ask(
          "create",
          () -> life.store.createUploads(uploads),
          () -> uploads.stream().map(upload -> silent).toList());
    }

    @Override
    public ListOutcome listParts(ObjectLocation location, String uploadId) {
      return ask("list", () -> life.store.listParts(location, uploadId));
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      return ask(
          "complete",
          () -> life.store.complete(location, uploadId, parts),
          () -> new CompleteOutcome.Unknown("no answer"));
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return ask("head", () -> life.store.head(location));
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      return ask("abort", () -> life.store.abort(location, uploadId));
    }

    @Override
    public void check(String endpointRef, String bucket) {
      // nobody asks here whether the store is there
    }

    private <T> T ask(String name, Supplier<T> effect) {
      return ask(
          name,
          effect,
          () -> {
            throw away();
          });
    }

    private <T> T ask(String name, Supplier<T> effect, Supplier<T> silence) {
      return running.ask(new Question<>(Part.STORAGE, name, effect, silence));
    }

    private static Outage.Storage away() {
      return Outage.storage("storage is away", new IOException("simulated"));
    }
  }
}
