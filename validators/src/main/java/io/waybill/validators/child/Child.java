package io.waybill.validators.child;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.waybill.validators.reading.InspectionLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One reader process, as its parent sees it. It is killed when it thinks for too long. */
final class Child implements AutoCloseable {

  /** What a child may say at once; a verdict has at most 16 KiB of text. */
  private static final int LONGEST = 128 << 10;

  private static final long START_SECONDS = 60;
  private static final int OUT_OF_MEMORY = 3;

  private final Process process;
  private final Pipe pipe;
  private final ScheduledExecutorService clock;
  private volatile boolean isLate;
  private volatile boolean isEnded;

  private Child(Process process, ScheduledExecutorService clock) {
    this.process = process;
    this.clock = clock;
    this.pipe =
        new Pipe(
            process.getInputStream(), new BufferedOutputStream(process.getOutputStream()), LONGEST);
  }

  /**
   * @throws IOException when none can be started, which is no file's fault
   */
  static Child start(Launch launch, InspectionLimits limits, ScheduledExecutorService clock)
      throws IOException {
    Child child = new Child(launch.start(limits), clock);
    try {
      if (child.receive(SECONDS.toNanos(START_SECONDS)).type != Pipe.HELLO) {
        throw new Pipe.Garbled("no greeting");
      }
      return child;
    } catch (IOException e) {
      String how = child.end();
      throw new IOException("the readers' process does not start: " + how, e);
    }
  }

  void send(int type, byte[] body) throws IOException {
    pipe.send(type, body);
  }

  /** The next message; the child is killed when there is none in this time. */
  Pipe.Message receive(long nanos) throws IOException {
    ScheduledFuture<?> end = clock.schedule(this::late, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    try {
      return pipe.receive();
    } finally {
      end.cancel(false);
    }
  }

  private void late() {
    isLate = true;
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive() && !isLate && !isEnded;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it, if it has not ended, and says how it ended, for people. */
  String end() {
    boolean hasEnded = hasEnded();
    close();
    if (isLate) {
      return "it took too long";
    }
    if (!hasEnded) {
      return "it closed its output";
    }
    int status = process.exitValue();
    return status == OUT_OF_MEMORY ? "out of memory" : "its process ended with status " + status;
  }

  /** A process whose pipe has ended is about to end. */
  private boolean hasEnded() {
    try {
      return process.waitFor(500, MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    isEnded = true;
    process.destroyForcibly();
  }
}
