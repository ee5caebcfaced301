package io.waybill.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** Many callers, each with a connection of its own, for a while. */
record Measuring(int connections, double seconds) {

  private static final double TICKS_PER_SECOND = 100;

  /**
   * What came of it.
   *
   * @param perSecond requests
   * @param cpuMillis of the process that answered, per request
   */
  record Rate(double perSecond, double cpuMillis) {
    static final Rate NONE = new Rate(0, 0);
  }

  private interface Step {
    /** Does it once more; false when there is no more to do. */
    boolean with(Side.Client client) throws IOException;
  }

  Rate creates(Side side) throws IOException, InterruptedException {
    return run(
        side,
        client -> {
          client.create();
          return true;
        });
  }

  Rate signs(Side side, int parts, boolean compact) throws IOException, InterruptedException {
    return run(side, client -> client.sign(parts, compact));
  }

  /** Prepares uploads outside the time that is measured, then completes them all. */
  Rate completes(Side side, int uploads) throws IOException, InterruptedException {
    Queue<Side.Completion> ready = new ConcurrentLinkedQueue<>();
    new Measuring(connections, Double.MAX_VALUE)
        .run(
            side,
            client -> {
              ready.add(client.stored());
              return ready.size() < uploads;
            });
    return new Measuring(connections, Double.MAX_VALUE)
        .run(
            side,
            client -> {
              Side.Completion next = ready.poll();
              if (next != null) {
                next.by(client);
              }
              return next != null;
            });
  }

  private Rate run(Side side, Step step) throws IOException, InterruptedException {
    List<Side.Client> clients = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        clients.add(side.client());
      }
      LongAdder done = new LongAdder();
      double cpu = cpuSeconds(side.pid());
      long began = System.nanoTime();
      List<Future<?>> calling = new ArrayList<>();
      for (Side.Client client : clients) {
        calling.add(
            callers.submit(() -> {
              while (secondsSince(began) < seconds && step.with(client)) {
                done.increment();
              }
              return null;
            }));
      }
      for (Future<?> each : calling) {
        each.get();
      }
      double time = secondsSince(began);
      double used = cpuSeconds(side.pid()) - cpu;
      return done.sum() == 0 ? Rate.NONE : new Rate(done.sum() / time, 1000 * used / done.sum());
    } catch (ExecutionException e) {
      throw new IOException(side.name() + " failed", e.getCause());
    } finally {
      for (Side.Client client : clients) {
        client.close();
      }
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static double cpuSeconds(long pid) throws IOException {
    if (pid == 0) {
      return 0;
    }
    String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
