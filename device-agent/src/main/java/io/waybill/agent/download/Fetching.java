package io.waybill.agent.download;

import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.transfer.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The chunks that are missing, fetched by several threads; the first trouble for good ends all. */
final class Fetching {

  private final PartialFile file;
  private final Chunks chunks;
  private final RangeSource source;
  private final UrlSupply urls;
  private final DownloadSettings settings;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicLong moved = new AtomicLong();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicReference<@Nullable DownloadEnd> trouble = new AtomicReference<>();
  private volatile @Nullable String waitingFor;
  private volatile long lastMove = System.nanoTime();

  Fetching(
      PartialFile file,
      Chunks chunks,
      RangeSource source,
      UrlSupply urls,
      DownloadSettings settings) {
    this.file = file;
    this.chunks = chunks;
    this.source = source;
    this.urls = urls;
    this.settings = settings;
  }

  /** Null when all is there. */
  @Nullable DownloadEnd run() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int n = 0; n < Math.min(settings.connections(), chunks.count()); n++) {
      workers.add(Thread.ofVirtual().name("range-" + n).start(this::work));
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      workers.forEach(Thread::interrupt);
      for (Thread worker : workers) {
        worker.join(Duration.ofSeconds(2));
      }
      throw e;
    }
    return trouble.get();
  }

  private void work() {
    try {
      for (int chunk = next.getAndIncrement();
          chunk < chunks.count() && trouble.get() == null;
          chunk = next.getAndIncrement()) {
        if (!file.has(chunk)) {
          fetch(chunk);
        }
      }
    } catch (UnreachableException e) {
      fail(new DownloadEnd.Unreachable(String.valueOf(e.getMessage())));
    } catch (UrlSupply.RefusedException e) {
      fail(new DownloadEnd.Refused(String.valueOf(e.getMessage())));
    } catch (OtherBytesException e) {
      fail(new DownloadEnd.Different(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      fail(new DownloadEnd.NoRoom("it cannot be written: " + DiskTrouble.words(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(DownloadEnd end) {
    trouble.compareAndSet(null, end);
  }

  /** One chunk to its end; what broke in the middle goes on from there. */
  private void fetch(int chunk)
      throws IOException,
          UnreachableException,
          UrlSupply.RefusedException,
          OtherBytesException,
          InterruptedException {
    Arrived arrived = new Arrived(chunk);
    for (int failures = 1; trouble.get() == null; ) {
      long before = arrived.bytes;
      UrlSupply.Numbered url = urls.url();
      Fetched fetched =
          source.fetch(
              url.url(),
              chunks.start(chunk) + before,
              chunks.length(chunk) - before,
              piece ->
                  arrived.take(piece.remaining(), () -> file.write(piece, arrived.position())));
      failures = arrived.bytes > before ? 1 : failures;
      switch (fetched) {
        case Fetched.Whole whole -> {
          file.confirm(chunk);
          underWay.addAndGet(-arrived.bytes);
          urls.accepted();
          return;
        }
        case Fetched.Other(String reason) -> throw new OtherBytesException(reason);
        case Fetched.Forbidden(String reason) -> urls.refused(url, reason);
        case Fetched.Later(String reason) -> pause(reason, failures++);
      }
      retries.incrementAndGet();
    }
  }

  private void pause(String reason, int failures)
      throws UnreachableException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    if (System.nanoTime() - lastMove > settings.patience().toNanos()) {
      throw new UnreachableException(reason);
    }
    waitingFor = reason;
    Thread.sleep(Backoff.PARTS.after(failures, RandomGenerator.getDefault()));
  }

  long movedBytes() {
    return moved.get();
  }

  /**
   * @param checking what is done once all is there; null until then
   */
  DownloadProgress progress(@Nullable String checking) {
    return new DownloadProgress(
        chunks.sizeBytes(),
        Math.min(chunks.sizeBytes(), file.confirmedBytes() + underWay.get()),
        moved.get(),
        chunks.count(),
        file.confirmedChunks(),
        retries.get(),
        checking == null ? waitingFor : checking);
  }

  private static final class OtherBytesException extends Exception {
    private static final long serialVersionUID = 1;

    OtherBytesException(String message) {
      super(message);
    }
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  /** How much of a chunk is written. */
  private final class Arrived {
    private final int chunk;
    private long bytes;

    Arrived(int chunk) {
      this.chunk = chunk;
    }

    long position() {
      return chunks.start(chunk) + bytes;
    }

    void take(int count, Write write) throws IOException {
      write.run();
      bytes += count;
      underWay.addAndGet(count);
      moved.addAndGet(count);
      lastMove = System.nanoTime();
      waitingFor = null;
    }
  }
}
