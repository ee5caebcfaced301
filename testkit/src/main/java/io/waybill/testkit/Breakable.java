package io.waybill.testkit;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.Stores;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.work.Work;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of the world that a test can take away and give back. */
public final class Breakable {

  private Breakable() {}

  /** A database that may be away. */
  public static final class Database implements Work<Stores> {
    private final Work<Stores> real;
    public volatile boolean down;

    public Database(Work<Stores> real) {
      this.real = real;
    }

    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
      ask();
      return real.write(work);
    }

    @Override
    public <T> T read(Function<? super Stores, T> work) {
      ask();
      return real.read(work);
    }

    public void ask() {
      if (down) {
        throw Outage.database("no connection", new IOException("refused"));
      }
    }
  }

  /** A store that may be away, or take every call and answer none. */
  public static final class Store implements ObjectStore {
    private final ObjectStore real;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch silence = new CountDownLatch(0);
    public volatile boolean down;
    public volatile boolean strained;
    public volatile Runnable beforeComplete = () -> {};

    public Store(ObjectStore real) {
      this.real = real;
    }

    @Override
    public boolean isStrained(String endpointRef) {
      return strained;
    }

    @Override
    public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
      listen();
      return down
          ? uploads.stream()
              .map(upload -> (CreateOutcome) new CreateOutcome.Unavailable(outage()))
              .toList()
          : real.createUploads(uploads);
    }

    @Override
    public ListOutcome listParts(ObjectLocation location, String uploadId) {
      return up().listParts(location, uploadId);
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      beforeComplete.run();
      return up().complete(location, uploadId, parts);
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return up().head(location);
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      return up().abort(location, uploadId);
    }

    @Override
    public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
      up().delete(location, versionId, bypass);
    }

    @Override
    public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
      up().hold(location, versionId, status);
    }

    @Override
    public CopyOutcome copy(CopySource source, NewUpload target) {
      return up().copy(source, target);
    }

    @Override
    public void check(String endpointRef, String bucket) {
      up().check(endpointRef, bucket);
    }

    /** From now on no call is answered, until {@link #speak()}. */
    public void hush() {
      silence = new CountDownLatch(1);
    }

    public void speak() {
      silence.countDown();
    }

    /** How many calls wait for an answer. */
    public int waiting() {
      return waiting.get();
    }

    private void listen() {
      waiting.incrementAndGet();
      try {
        silence.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waiting.decrementAndGet();
      }
    }

    private ObjectStore up() {
      listen();
      if (down) {
        throw outage();
      }
      return real;
    }

    private static Outage.Storage outage() {
      return Outage.storage("no answer", new IOException("reset"));
    }
  }
}
