package io.waybill.benchmarks.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Devices that upload a file of one part each: create with its URL, PUT, acknowledge, look, and
 * complete, which are four commands and a PUT.
 */
final class SmallFiles implements AutoCloseable {
  /** How many commands a file takes. */
  static final int COMMANDS = 4;

  private static final byte[] BYTES = new byte[1000];

  private final Crowd crowd;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, ConcurrentLinkedQueue<Long>> nanos = new LinkedHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  SmallFiles(Crowd crowd) {
    this.crowd = crowd;
    for (String command :
        new String[] {"create_session", "acknowledge_part", "get_status", "complete_upload"}) {
      nanos.put(command, new ConcurrentLinkedQueue<>());
    }
  }

  /** So many at once, each device after the other, for a while; how many files a second. */
  double asManyAsPossible(int atOnce, Duration time) throws InterruptedException {
    forget();
    long start = System.nanoTime();
    Semaphore room = new Semaphore(atOnce);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (System.nanoTime() - start < time.toNanos()) {
        room.acquire();
        threads.execute(() -> {
          upload();
          room.release();
        });
      }
    }
    return done.get() / ((System.nanoTime() - start) / 1e9);
  }

  /** So many a second, whether or not those before them have ended. */
  void steadily(double perSecond, Duration time) throws InterruptedException {
    forget();
    long start = System.nanoTime();
    long files = (long) (perSecond * time.toMillis() / 1000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long file = 0; file < files; file++) {
        long due = start + (long) (file / perSecond * 1e9);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        threads.execute(this::upload);
      }
    }
  }

  private void forget() {
    nanos.values().forEach(ConcurrentLinkedQueue::clear);
    done.set(0);
    failed.set(0);
  }

  private void upload() {
    try {
      Crowd.Member device = crowd.member(next.getAndIncrement());
      String made =
          ask(
              device,
              "create_session",
              ("{\"project_id\":\"%s\",\"objects\":[{\"object_name\":\"run.mcap\","
                      + "\"file_size_bytes\":%d}],\"presign\":{\"first\":1}}")
                  .formatted(Installation.PROJECT, BYTES.length));
      String session = Crowd.after(made, "\"session_id\":\"");
      String itself = "{\"session_id\":\"" + session + "\"}";
      String etag = put(Crowd.after(made, "\"url\":\""));
      String parts =
          "{\"session_id\":\"%s\",\"parts\":[{\"part_number\":1,\"etag\":\"%s\",\"size_bytes\":%d}]}"
              .formatted(session, etag.replace("\"", "\\\""), BYTES.length);
      var _ = ask(device, "acknowledge_part", parts);
      var _ = ask(device, "get_status", itself);
      var _ = ask(device, "complete_upload", itself);
      done.incrementAndGet();
    } catch (Exception e) {
      if (failed.getAndIncrement() == 0) {
        System.err.println("a file is not uploaded: " + e);
      }
    }
  }

  private String ask(Crowd.Member device, String command, String payload) throws Exception {
    long start = System.nanoTime();
    String answer = device.ask(command, payload);
    nanos.getOrDefault(command, new ConcurrentLinkedQueue<>()).add(System.nanoTime() - start);
    if (!answer.contains("\"ok\":true")) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private String put(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(BYTES)).build();
    HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  /** Files that were completed since the last measurement began. */
  long done() {
    return done.get();
  }

  void print() {
    System.out.println("| command | answers | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|");
    if (done.get() == 0) {
      throw new IllegalStateException("no file was completed; see the logs of the gateways");
    }
    nanos.forEach((command, times) -> {
      long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %.1f | %.1f |%n",
          command,
          sorted.length,
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.99)] / 1e6);
    });
    System.out.println("\nfiles that failed: " + failed.get());
  }

  @Override
  public void close() {
    http.close();
  }
}
